enum kind { END, WORD, NUMBER, TEXT, OTHER };
enum kind next_words(const char **at) {
    const char *YYCURSOR = *at, *YYMARKER;
    /*!re2c
    re2c:define:YYCTYPE = "unsigned char";
    re2c:yyfill:enable = 0;
    [a-z_][a-z0-9_]*   { *at = YYCURSOR; return WORD; }
    [0-9]+("."[0-9]+)? { *at = YYCURSOR; return NUMBER; }
    ["]([^"\x00])*["] { *at = YYCURSOR; return TEXT; }
    "if"|"else"|"while" { *at = YYCURSOR; return OTHER; }
    "\x00"            { return END; }
    *                  { *at = YYCURSOR; return OTHER; }
    */
}
