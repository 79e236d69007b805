#include "CStrandPage.h"

static const unsigned char api_js[] = {
#embed "../../data/page/api.js"
};

static const unsigned char app_js[] = {
#embed "../../data/page/app.js"
};

static const unsigned char base_css[] = {
#embed "../../data/page/base.css"
};

static const unsigned char blocks_js[] = {
#embed "../../data/page/blocks.js"
};

static const unsigned char chains_js[] = {
#embed "../../data/page/chains.js"
};

static const unsigned char charts_js[] = {
#embed "../../data/page/charts.js"
};

static const unsigned char elements_js[] = {
#embed "../../data/page/elements.js"
};

static const unsigned char examples_json[] = {
#embed "../../data/page/examples.json"
};

static const unsigned char fold_js[] = {
#embed "../../data/page/fold.js"
};

static const unsigned char hand_js[] = {
#embed "../../data/page/hand.js"
};

static const unsigned char index_html[] = {
#embed "../../data/page/index.html"
};

static const unsigned char ink_js[] = {
#embed "../../data/page/ink.js"
};

static const unsigned char openapi_json[] = {
#embed "../../data/page/openapi.json"
};

static const unsigned char pad_js[] = {
#embed "../../data/page/pad.js"
};

static const unsigned char pager_js[] = {
#embed "../../data/page/pager.js"
};

static const unsigned char palette_css[] = {
#embed "../../data/page/palette.css"
};

static const unsigned char palette_js[] = {
#embed "../../data/page/palette.js"
};

static const unsigned char prompts_js[] = {
#embed "../../data/page/prompts.js"
};

static const unsigned char proteome_css[] = {
#embed "../../data/page/proteome.css"
};

static const unsigned char proteome_html[] = {
#embed "../../data/page/proteome.html"
};

static const unsigned char proteome_js[] = {
#embed "../../data/page/proteome.js"
};

static const unsigned char reading_js[] = {
#embed "../../data/page/reading.js"
};

static const unsigned char saving_js[] = {
#embed "../../data/page/saving.js"
};

static const unsigned char strips_js[] = {
#embed "../../data/page/strips.js"
};

static const unsigned char style_css[] = {
#embed "../../data/page/style.css"
};

static const unsigned char table_js[] = {
#embed "../../data/page/table.js"
};

static const unsigned char teach_js[] = {
#embed "../../data/page/teach.js"
};

static const unsigned char tracks_js[] = {
#embed "../../data/page/tracks.js"
};

static const unsigned char write_js[] = {
#embed "../../data/page/write.js"
};

static const struct strand_page_file files[] = {
    {"api.js", api_js, sizeof api_js},
    {"app.js", app_js, sizeof app_js},
    {"base.css", base_css, sizeof base_css},
    {"blocks.js", blocks_js, sizeof blocks_js},
    {"chains.js", chains_js, sizeof chains_js},
    {"charts.js", charts_js, sizeof charts_js},
    {"elements.js", elements_js, sizeof elements_js},
    {"examples.json", examples_json, sizeof examples_json},
    {"fold.js", fold_js, sizeof fold_js},
    {"hand.js", hand_js, sizeof hand_js},
    {"index.html", index_html, sizeof index_html},
    {"ink.js", ink_js, sizeof ink_js},
    {"openapi.json", openapi_json, sizeof openapi_json},
    {"pad.js", pad_js, sizeof pad_js},
    {"pager.js", pager_js, sizeof pager_js},
    {"palette.css", palette_css, sizeof palette_css},
    {"palette.js", palette_js, sizeof palette_js},
    {"prompts.js", prompts_js, sizeof prompts_js},
    {"proteome.css", proteome_css, sizeof proteome_css},
    {"proteome.html", proteome_html, sizeof proteome_html},
    {"proteome.js", proteome_js, sizeof proteome_js},
    {"reading.js", reading_js, sizeof reading_js},
    {"saving.js", saving_js, sizeof saving_js},
    {"strips.js", strips_js, sizeof strips_js},
    {"style.css", style_css, sizeof style_css},
    {"table.js", table_js, sizeof table_js},
    {"teach.js", teach_js, sizeof teach_js},
    {"tracks.js", tracks_js, sizeof tracks_js},
    {"write.js", write_js, sizeof write_js},
};

const int strand_page_file_count = sizeof files / sizeof *files;

struct strand_page_file strand_page_file(int index) { return files[index]; }
