"""Prints of parsers, lexers, state machines and hash functions made from grammars.

The form of a row is that of `prints.Print`.
"""

from __future__ import annotations

# fmt: off
PARSERS = {"generated": r"""
bison-tables@c+cpp+java+d | yypact yytable yycheck yydefact yylhs yysindex yyrindex | (?:yy|_yy)(?:pact|table|check|defact|lhs|sindex|rindex|gindex)_?\s*(?:\[\w*\])?\s*=\s*(?:yy\w+\s*\(\)\s*;|\{\s*-?\d)
bison-class@cpp+java | yypact_ninf_ yy_pact_value_is_default_ yytable_ninf_ | yy(?:pact|table|check|defact|pgoto|defgoto|stos|r1|r2)_(?:init)?\s*(?:\[\]|\(\s*\))\s*(?:=\s*)?\{
yacc-header@c+cpp | YYSTYPE YYTOKENTYPE yytokentype | ^\s*#\s*define\s+(?:YYTOKENTYPE|YY_\w+_INCLUDED|YYSTYPE_IS_DECLARED\s+1|[A-Z]\w*\s+25[789])\b ;; ^(?!.*b4_).*(?:enum\s+yytokentype|^\s*#\s*define\s+[A-Z]\w*\s+25[789]) ;; ^\s*(?:[A-Za-z_]\w*\s*=\s*2[56]\d|\#\s*define\s+[A-Za-z_]\w*\s+2[56]\d)
yacc-tokens@c+cpp | ~257 ~258 | <head>(?>\#\s*(?:if|ifndef|ifdef|endif)[^\n]*+\n)*+\#\s*define\s+\w+\s+25[78]\n(?:\#\s*define\s+\w+\s+\d+\n){2}
bison-locations@cpp+c | stack_symbol_type semantic_type location_type | ^\s*(?:class|struct)\s+(?:location|position|stack)\b ;; \bcounter_type\b|\bstack_type\b ;; ^\s*namespace\s+yy\b
bison-tokens-class@cpp+c | symbol_kind_type by_kind | ^\s*enum symbol_kind_type ;; \bby_kind\b ;; \bstack_symbol_type\b
flex-tables@c+cpp | yy_accept yy_nxt yy_ec yy_chk yy_base | ^\s*static\s+(?:const\s+)?(?:yyconst\s+)?(?:flex_)?\w+\s+yy_(?:ec|accept|base|def|nxt|chk|meta|acclist)\s*(?:\[\s*\d*\s*\])+\s*=\s*\{? 
flex-full@c+cpp | yy_transition yy_trans_info yy_start_state_list | ^\s*static\s+(?:const\s+)?struct\s+yy_trans_info\s+yy_(?:transition|start_state_list)\[\d+\]
flex-header@c+cpp | YY_FLUSH_BUFFER YY_CURRENT_BUFFER yy_create_buffer | ^#define\s+FLEX_SCANNER ;; ^#define\s+YY_FLEX_(?:MAJOR|MINOR)_VERSION\s+\d
flex-class@c+cpp | yy_get_previous_state yy_get_next_buffer | ^\s*goto\s+yy_(?:match|find_action)\s*; ;; ^\s*YY_BREAK\s*$ ;; 3 ^case\s+\d+:
gperf@c+cpp | asso_values | asso_values\s*\[\s*\]\s*=\s*\{\s*\d+\s*, ;; (?:MAX|MIN)_(?:HASH_VALUE|WORD_LENGTH)|TOTAL_KEYWORDS
re2c@c+cpp | yych | 3 \byych\s*=\s*(?:\*|YYPEEK|peek) ;; 4 ^\s*yy\d+:
ragel-tables@c+cpp+java+ruby+go+csharp | _trans_keys _trans_targs _key_offsets _indicies _eof_actions _first_final | ^\s*(?:private\s+)?(?:static\s+)?(?:const\s+)?\w+(?:\s+\w+)?\s+\w*_(?:start|first_final|error|en_\w+|trans_keys|trans_targs|key_offsets|actions|index_offsets)\s*(?:\[\])?\s*=\s*(?:\{|\d) ;; ^\s*(?:_match|_test_eof|_resume|_again|_out|st\d+|tr\d+)\s*:
ragel-goto@c+cpp+go | _test_eof | 4 ^\s*(?:st|tr)\d+: ;; goto\s+_test_eof
lemon@c+cpp | YYNOCODE yy_reduce_ofst yyRuleInfo yy_lookahead | ^static\s+const\s+\w+(?:\s+\w+)?\s+yy_(?:action|lookahead|shift_ofst|reduce_ofst|default)\[\]\s*=\s*\{ ;; ^\s*/?\*?\s*(?:/\*\s*\d+\s*\*/)?\s*-?\d+\s*,
antlr-atn | serializedATN serializeATN _serializedATN SerializedATN serializedSegments ATNDeserializer | (?:return|=)\s*\[\s*\\?n?\s*(?:4|3)\s*,|serializedATN\w*\s*(?:=|:)\s*(?:new\s+\w+\[\]\s*)?(?:\[|\{|\(|$)|_serializedATN\s*=\s*$|\\u0003|^\s*4,\s*\d+,\s*\d+
antlr-visitor | ParserRuleContext VisitChildren visitChildren ParseTreeListener ParseTreeVisitor BaseListener BaseVisitor Listener.h Visitor.h | 2 \b(?:[eE]nter|[eE]xit|[vV]isit)([A-Z]\w*+)[^\n]*?\b\1Context\b
antlr-js-visitor@javascript | antlr4.tree.ParseTreeListener antlr4.tree.ParseTreeVisitor | antlr4\.tree\.ParseTree(?:Listener|Visitor)(?:\.call\(this|\s*\{)
antlr-python@python | serializedATN | ^def\s+serializedATN\(\)
antlr-old@java+python+c+csharp | DFA_transition eof_min antlr3 | ^\s*(?:static\s+final\s+String|DFA\d+_\w+S?)\s*\w*\s*=
ply-parser@python | _lr_action_items _lr_productions | ^_lr_action_items\s*=\s*\{['"] ;; ^_lr_productions\s*=\s*\[
ply-lexer@python | _lexstatere _lexstateinfo | ^_lexstatere\s*=\s*\{['"] ;; ^_lextokens\s*=
lark-standalone@python | Lark_StandAlone | ^DATA\s*=\s*\(\s*$ ;; ^MEMO\s*=\s*\(\s*$
jflex@java | zzUnpackCMap ZZ_CMAP ZZ_TRANS zzForAction | \bZZ_(?:ACTION|TRANS|ROWMAP|ATTRIBUTE)\b ;; 3 \bzz[A-Z]\w+
cup@java | _production_table _action_table _reduce_table | _(?:production|action|reduce)_table\s*=\s*unpackFromStrings
javacc-parser@java | jj_consume_token jj_la1 jj_gen | 2 \bjj_consume_token\( ;; \bjj_(?:la1|gen|ntk)\b
javacc-lexer@java | jjMoveStringLiteralDfa jjstrLiteralImages jjMoveNfa | \bjjMove(?:StringLiteralDfa\d|Nfa)_\d+\( ;; \bjj(?:matched|round|state)\w*
javacc-support@java | tokenBegin specialToken expectedTokenSequences LexicalErr JavaCC | \b(?:BeginToken|GetSuffix|UpdateLineColumn|expectedTokenSequences|specialToken|LexicalErr|addEscapes)\b ;; JavaCC|\bbeginColumn\b|\bbufcolumn\b|LEXICAL_ERROR
happy@haskell | happyReduce_ happyShift HappyAbsSyn | 3 ^happyReduce_\d+|^action_\d+ 
alex@haskell | alex_base alex_table alex_accept | ^alex_(?:base|table|check|accept)\s*(?:::|=)
ocamlyacc@ocaml | parse_tables yytransl_const yyact | ^let\s+yytransl_const\s*= ;; ^let\s+yytable(?:s|size)?\s*=
ocamllex@ocaml | __ocaml_lex_tables | ^let\s+__ocaml_lex_tables\s*=\s*\{
menhir@ocaml | _menhir_run_ _menhir_action_ _menhir_goto_ MenhirBasics | 3 \b_menhir_(?:run|action|goto|cell)\w*\d
peg-js@javascript+typescript | peg$ | 8 ^\s*(?:(?:var|let|const|function|class|async function)\s+)?peg\$\w+
jison@javascript | performAction productions_ | symbols_\s*:\s*\{\s*"error"\s*:\s*2 ;; productions_\s*:\s*\[\s*0
nearley@javascript+typescript | ParserRules ParserStart | 2 \{\s*"name"\s*:\s*"[^"]+"\s*,\s*"symbols"\s*: ;; \bParserStart\s*[:=]\s*"
racc@ruby | racc_action_table racc_token_table | ^racc_(?:action_table|token_table|action_check)\s*=
goyacc@go | yyErrorVerbose yyXErrors | ^const\s+yyPrivate\s*=|^var\s+yyAct\s*=
tree-sitter@c | ts_parse_table ts_lex_modes | ^static\s+const\s+\w+\s+ts_(?:parse_table|lex_modes|small_parse_table|parse_actions)\b ;; ^\#define\s+(?:STATE|SYMBOL)_COUNT\s+\d
pest-lalrpop@rust | fn~__action fn~__reduce | 5 \bfn\s+__(?:action|reduce|goto|pop_\w+)\d*
"""}
# fmt: on
