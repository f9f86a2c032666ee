/*
 * words.h - what the generated entries are made of
 *
 * FIELDS, FAMILIES and WORKS are ids of dataset/vocab; the entries are nonsense on purpose.
 */
#pragma once

struct word {
	const char *en, *vi, *tr;
};

/* An id starts with one of these. */
static const struct word qualities[] = {
        {"adaptive", "thích ứng", "uyarlamalı"},
        {"balanced", "cân bằng", "dengeli"},
        {"calibrated", "hiệu chỉnh", "ayarlanmış"},
        {"diagonal", "đường chéo", "köşegen"},
        {"empirical", "thực nghiệm", "ampirik"},
        {"factorial", "giai thừa", "faktöriyel"},
        {"generalized", "tổng quát", "genelleştirilmiş"},
        {"hierarchical", "phân cấp", "hiyerarşik"},
        {"inverse", "nghịch đảo", "ters"},
        {"joint", "đồng thời", "birleşik"},
        {"latent", "tiềm ẩn", "gizli"},
        {"marginal", "biên", "marjinal"},
        {"nested", "lồng nhau", "iç içe"},
        {"ordinal", "thứ bậc", "sıralı"},
        {"partial", "từng phần", "kısmi"},
        {"quadratic", "bậc hai", "ikinci dereceden"},
        {"recursive", "đệ quy", "özyinelemeli"},
        {"sequential", "tuần tự", "ardışık"},
        {"truncated", "cắt cụt", "kesilmiş"},
        {"unbiased", "không chệch", "yansız"},
        {"variational", "biến phân", "varyasyonel"},
        {"weighted", "có trọng số", "ağırlıklı"},
};

static const char *const topics[] = {
        "bayes",    "bootstrap", "copula",  "entropy",  "event",  "frailty", "gaussian",
        "graph",    "kernel",    "lattice", "markov",   "matrix", "panel",   "quantile",
        "response", "spline",    "survey",  "survival", "tensor", "wavelet",
};

static const struct word kinds[] = {
        {"analysis", "Phân tích", "Analizi"},
        {"clustering", "Phân cụm", "Kümelemesi"},
        {"decomposition", "Phân rã", "Ayrıştırması"},
        {"design", "Thiết kế", "Deseni"},
        {"estimation", "Ước lượng", "Kestirimi"},
        {"filtering", "Bộ lọc", "Süzgeci"},
        {"imputation", "Thay thế dữ liệu khuyết", "Atfı"},
        {"matching", "Ghép cặp", "Eşleştirmesi"},
        {"model", "Mô hình", "Modeli"},
        {"optimization", "Tối ưu hóa", "Eniyilemesi"},
        {"regression", "Hồi quy", "Regresyonu"},
        {"sampling", "Lấy mẫu", "Örneklemesi"},
        {"scaling", "Thang đo", "Ölçeklemesi"},
        {"simulation", "Mô phỏng", "Benzetimi"},
        {"smoothing", "Làm trơn", "Düzleştirmesi"},
        {"test", "Kiểm định", "Testi"},
};

static const char *const fields[] = {
        "machine-learning",  "statistics",    "econometrics",
        "causal-inference",  "psychometrics", "survey-methodology",
        "clinical-research", "optimization",  "simulation",
        "network-analysis",  "bibliometrics", "decision-analysis",
};

static const char *const families[] = {
        "machine-learning",       "qualitative-analysis",   "mixed-methods-design",
        "sampling-and-weighting", "numerical-optimization", "stochastic-simulation",
        "mechanistic-simulation", "sensitivity-analysis",   "citation-analysis",
        "multicriteria-decision", "efficiency-analysis",    "network-modeling",
};

static const char *const works[] = {
        "journal-article",
        "journal-article",
        "journal-article",
        "conference-paper",
        "book",
        "book-chapter",
        "technical-report",
        "preprint",
};

struct venue {
	const char *name, *brief;
};

static const struct venue venues[] = {
        {"Journal of the Royal Statistical Society. Series B", "J. R. Stat. Soc. B"},
        {"Annals of Statistics", "Ann. Stat."},
        {"Revista Colombiana de Estadística", "Rev. Colomb. Estad."},
        {"Biometrika", "Biometrika"},
        {"Econometrica", "Econometrica"},
        {"Journal of Machine Learning Research", "J. Mach. Learn. Res."},
        {"Zeitschrift für Wahrscheinlichkeitstheorie", "Z. Wahrscheinlichkeitstheorie"},
        {"Statistics in Medicine", "Stat. Med."},
        {"Proceedings of the National Academy of Sciences", "PNAS"},
        {"Neural Computation", "Neural Comput."},
};

static const char *const surnames[] = {
        "Adams",    "Bauer",  "Castillo", "Dąbrowski", "Eriksen", "Fischer", "García",
        "Hoàng",    "Ivanov", "Jansen",   "Kaya",      "Lefèvre", "Müller",  "Nguyễn",
        "O'Connor", "Öztürk", "Petrov",   "Quinn",     "Rossi",   "Şahin",   "Tanaka",
        "Usman",    "Varga",  "Wang",     "Xu",        "Yılmaz",  "Zhang",   "de Vries",
};

static const char *const verbs[] = {
        "estimates", "separates", "compares", "bounds", "approximates", "orders",
};

static const char *const objects[] = {
        "the parameters of a structure that is not observed",
        "groups of units that were not assigned at random",
        "the sources of variation in repeated measurements",
        "the shape of a distribution with heavy tails",
        "effects that change over time and between places",
        "alternatives that are judged by several criteria",
};

static const char *const ways[] = {
        "by averaging over many runs on resampled data",
        "by fitting a surrogate and choosing the next point where most is gained",
        "with weights that are computed from pairwise comparisons",
        "by alternating between an expectation and a maximization until nothing moves",
        "without an assumption about the form of the errors",
};

static const char *const uses[] = {
        "to plan studies where each observation is costly",
        "when data are missing for reasons that can be modelled",
        "to check how far conclusions depend on a model's inputs",
        "for screening many candidates before a closer look",
        "to summarise a literature that is too large to be read",
};

static const char *const limits[] = {
        "and its answers depend on the choice of a few tuning constants",
        "although it can fail to converge when groups are small",
        "and works best in low to moderate dimensions",
        "although critics note that the order may reverse when cases are added",
        "and needs a full description of the rules that were applied",
};
