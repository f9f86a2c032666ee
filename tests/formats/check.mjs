/*
 * check.mjs DIR - the files of a snapshot, read by the programs that people read them with
 *
 * Each check is skipped when its file is not there. Prints what is wrong; 1 when anything is.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import {Cite} from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-cff';
import '@citation-js/plugin-csl';
import '@citation-js/plugin-ris';
import datapackage from 'datapackage';
import jsonld from 'jsonld';
import ts from 'typescript';
import yaml from 'js-yaml';
import {createRequire} from 'node:module';

const dir = path.resolve(process.argv[2]);
const require = createRequire(import.meta.url);

/* ro-crate asks the network for the context that lies in its own package. */
const crateContext = require('ro-crate/lib/context.json');
globalThis.fetch = async url => {
	if (url !== 'https://w3id.org/ro/crate/1.2/context')
		throw new Error(`something asks for ${url}`);
	return Response.json(crateContext);
};
const {default: roCrate} = await import('ro-crate');

let bad = 0;
let done = 0;

function wrong(what) {
	console.log(what);
	bad++;
}

function same(what, got, want) {
	const a = JSON.stringify(got), b = JSON.stringify(want);
	if (a !== b)
		wrong(`${what}: ${a}, expected ${b}`);
}

async function check(name, fn) {
	const file = path.join(dir, name);
	if (!fs.existsSync(file))
		return;
	try {
		await fn(fs.readFileSync(file, 'utf8'));
		done++;
	} catch (e) {
		wrong(`${name}: ${e.stack || e}`);
	}
}

function sha256(file) {
	return crypto.createHash('sha256').update(fs.readFileSync(path.join(dir, file)))
		.digest('hex');
}

/* ---- references ---- */

const csl = {};

await check('references.csl.json', text => {
	const items = JSON.parse(text);
	let last = '';
	for (const item of items) {
		if (item.id <= last)
			wrong(`references.csl.json: ${item.id} stands behind ${last}`);
		last = item.id;
		csl[item.id] = item;
	}
	/* citeproc writes them out: every item is one it can read. */
	const shown = new Cite(items).format('bibliography', {template: 'apa', asEntryArray: true});
	same('references.csl.json, shown', shown.length, items.length);
});

function names(item) {
	/* BibTeX takes "de" and "van" for particles: together they are the family name again. */
	const family = a => [a['dropping-particle'], a['non-dropping-particle'], a.family]
		.filter(s => s).join(' ');
	return (item.author || []).map(a => [family(a) || a.literal, a.given || '']);
}

function year(item) {
	return item.issued && item.issued['date-parts'] && item.issued['date-parts'][0][0];
}

function title(text) {
	return text && text.replace(/\s+/g, ' ').trim();
}

await check('references.bib', text => {
	const items = new Cite(text).data;
	same('references.bib, works', items.map(i => i.id), Object.keys(csl));
	for (const item of items) {
		const want = csl[item.id] || {};
		same(`references.bib ${item.id}, title`, title(item.title), title(want.title));
		same(`references.bib ${item.id}, year`, year(item), year(want));
		same(`references.bib ${item.id}, authors`, names(item), names(want));
		same(`references.bib ${item.id}, DOI`, item.DOI, want.DOI);
	}
});

await check('references.ris', text => {
	const items = new Cite(text).data;
	if (/[^\r]\n/.test(text))
		wrong('references.ris: a line does not end with CR LF');
	same('references.ris, works', items.length, Object.keys(csl).length);
	const byId = new Map(items.map(i => [i.id, i]));
	for (const [id, want] of Object.entries(csl)) {
		const item = byId.get(id);
		if (!item) {
			wrong(`references.ris: ${id} is not there`);
			continue;
		}
		same(`references.ris ${id}, title`, title(item.title), title(want.title));
		same(`references.ris ${id}, year`, year(item), year(want));
		same(`references.ris ${id}, DOI`, item.DOI, want.DOI);
		const people = names(want).map(n => [n[0].replace(/, */g, ' '), n[1]]);
		same(`references.ris ${id}, first authors`, names(item).map(n => n[0]).slice(0, 2),
			people.map(n => n[0]).slice(0, 2));
	}
});

/* ---- linked data ---- */

const schemaOrg = {'@vocab': 'https://schema.org/'};
/* In safe mode a term that the context does not know is an error, not dropped. */
async function expands(name, data, context) {
	const graph = await jsonld.expand({...data, '@context': context},
		{safe: true, base: 'https://example.org/', documentLoader: url => {
			throw new Error(`${name} asks for ${url}`);
		}});
	if (!graph.length)
		wrong(`${name}: says nothing`);
}

/* Types know every property that a thing may have; TYPES is the package they are of. */
function typed(name, types, lines) {
	const file = path.join(import.meta.dirname, `${name}.check.ts`);
	const text = `import type * as T from '${types}';\n${lines.join('\n')}\n`;
	const options = {noEmit: true, strict: true, skipLibCheck: true, types: [],
		module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
		target: ts.ScriptTarget.ES2022};
	const host = ts.createCompilerHost(options);
	const real = host.getSourceFile.bind(host);
	host.getSourceFile = (f, ...rest) => f === file
		? ts.createSourceFile(f, text, options.target) : real(f, ...rest);
	host.fileExists = f => f === file || ts.sys.fileExists(f);
	host.readFile = f => f === file ? text : ts.sys.readFile(f);
	const program = ts.createProgram([file], options, host);
	for (const d of ts.getPreEmitDiagnostics(program).slice(0, 5))
		wrong(`${name}: ${ts.flattenDiagnosticMessageText(d.messageText, ' ').slice(0, 500)}`);
}

await check('dataset.jsonld', async text => {
	const data = JSON.parse(text);
	same('dataset.jsonld, context', data['@context'], 'https://schema.org');
	await expands('dataset.jsonld', data, schemaOrg);
	for (const d of data.distribution)
		same(`dataset.jsonld ${d.contentUrl}`, d.sha256, sha256(d.contentUrl));
	typed('dataset', 'schema-dts', [`export const a: T.WithContext<T.Thing> = ${text};`]);
});

await check('terms.jsonld', async text => {
	const data = JSON.parse(text);
	await expands('terms.jsonld', data, schemaOrg);
	const ids = new Set();
	for (const thing of data['@graph']) {
		if (ids.has(thing['@id']))
			wrong(`terms.jsonld: ${thing['@id']} stands there twice`);
		ids.add(thing['@id']);
	}
	for (const thing of data['@graph'])
		for (const work of thing.subjectOf || [])
			if (!ids.has(work['@id']))
				wrong(`terms.jsonld: ${work['@id']} is not there`);
	/* Values in a language are JSON-LD's, which the types do not know. */
	const plain = JSON.stringify(data, (k, v) => v && v['@language'] ? v['@value'] : v);
	typed('terms', 'schema-dts', [`export const a: T.Graph = ${plain};`]);
});

await check('ro-crate-metadata.json', async text => {
	const data = JSON.parse(text);
	same('ro-crate, context', data['@context'], 'https://w3id.org/ro/crate/1.2/context');
	await expands('ro-crate-metadata.json', data, crateContext['@context']);
	const validator = new roCrate.Validator();
	validator.parseJSON(text);
	await validator.validate?.({});
	for (const r of validator.results)
		if (r.status === 'error')
			wrong(`ro-crate-metadata.json: ${r.id}: ${r.message}`);
	const byId = new Map(data['@graph'].map(e => [e['@id'], e]));
	const refers = value => {
		if (Array.isArray(value))
			value.forEach(refers);
		else if (value && typeof value === 'object' && value['@id'] &&
			value['@id'] !== 'https://w3id.org/ro/crate/1.2' && !byId.has(value['@id']))
			wrong(`ro-crate-metadata.json: ${value['@id']} is not in the graph`);
	};
	for (const entity of data['@graph'])
		Object.values(entity).forEach(refers);
	for (const part of byId.get('./').hasPart) {
		const file = byId.get(part['@id']);
		if (file['@type'] !== 'File')
			continue;
		same(`ro-crate ${part['@id']}, sum`, file.sha256, sha256(part['@id']));
		same(`ro-crate ${part['@id']}, size`, file.contentSize,
			String(fs.statSync(path.join(dir, part['@id'])).size));
	}
});

await check('croissant.json', async text => {
	const data = JSON.parse(text);
	await expands('croissant.json', data, data['@context']);
	const files = new Set();
	for (const f of data.distribution) {
		files.add(f['@id']);
		same(`croissant.json ${f.contentUrl}`, f.sha256, sha256(f.contentUrl));
	}
	for (const set of data.recordSet)
		for (const field of set.field) {
			const file = field.source.fileObject['@id'];
			if (!files.has(file))
				wrong(`croissant.json: ${file} is no file`);
			else if (!header(file).includes(field.source.extract.column))
				wrong(`croissant.json: ${file} has no column ${field.name}`);
		}
});

/* ---- tables and texts ---- */

function header(file) {
	const text = fs.readFileSync(path.join(dir, file), 'utf8').replace(/^\uFEFF/, '');
	return text.slice(0, text.indexOf('\r\n')).split(',');
}

await check('datapackage.json', async text => {
	const data = JSON.parse(text);
	const all = new Set(data.resources.map(r => r.name));
	same('datapackage.json, names', all.size, data.resources.length);
	for (const r of data.resources) {
		same(`datapackage.json ${r.path}`, r.hash, `sha256:${sha256(r.path)}`);
		same(`datapackage.json ${r.path}`, r.bytes, fs.statSync(path.join(dir, r.path)).size);
		if (r.schema)
			same(`datapackage.json ${r.path}, columns`, r.schema.fields.map(f => f.name),
				header(r.path));
		else if (r.path.endsWith('.csv'))
			wrong(`datapackage.json: ${r.path} has no schema`);
	}
	/* Frictionless Data's own library reads each table by its schema, cell by cell. */
	const read = await datapackage.Package.load(data, {basePath: dir});
	for (const e of read.errors)
		wrong(`datapackage.json: ${e.message}`);
	for (const r of read.resources.filter(r => r.tabular))
		same(`${r.name}, rows`, (await r.read()).length > 0, true);
});

await check('CITATION.cff', text => {
	/* The default schema would make dates and numbers of what is not quoted. */
	const walk = v => {
		if (v && typeof v === 'object' && !(v instanceof Date))
			Object.values(v).forEach(walk);
		else if (typeof v !== 'string' && v !== 1.2)
			wrong(`CITATION.cff: ${v} is no text`);
	};
	walk(yaml.load(text));
	const [work] = new Cite(text).data;
	const said = JSON.parse(fs.readFileSync(path.join(dir, 'datapackage.json'), 'utf8'));
	same('CITATION.cff, title', work.title, said.title);
	same('CITATION.cff, version', work.version, said.version);
	same('CITATION.cff, day', work.issued['date-parts'][0]
		.map((n, i) => String(n).padStart(i ? 2 : 4, '0')).join('-'), said.created.slice(0, 10));
	same('CITATION.cff, authors', work.author.length,
		said.contributors.filter(c => c.roles.includes('creator')).length);
});

await check('findings.sarif', text => {
	typed('findings', 'sarif', [`export const a: T.Log = ${text};`]);
	same('findings.sarif, results', JSON.parse(text).runs[0].results.length > 0, true);
});

console.log(`${done} files checked, ${bad} wrong`);
process.exit(bad ? 1 : 0);
