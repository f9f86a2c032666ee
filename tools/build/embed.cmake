# Write the file IN as a C array SYMBOL and its length SYMBOL_size to OUT.
file(READ "${IN}" hex HEX)
string(LENGTH "${hex}" digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
file(WRITE "${OUT}" "#include <stddef.h>\n\nextern const char ${SYMBOL}[];\n"
	"extern const size_t ${SYMBOL}_size;\n"
	"const char ${SYMBOL}[] = {${bytes}0};\nconst size_t ${SYMBOL}_size = ${size};\n")
