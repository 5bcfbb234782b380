import ply.lex as lex
import ply.yacc as yacc

tokens = ("WORD", "DOT", "COLON", "ARROW", "STAR")
t_WORD = r"[a-z0-9]+"
t_DOT = r"\+"
t_COLON = r"\*"
t_ARROW = r"\("
t_STAR = r"\)"
t_ignore = " "


def t_error(t):
    t.lexer.skip(1)


def p_sum(p):
    """sum : sum DOT product
    | product"""
    p[0] = p[1]


def p_product(p):
    """product : product COLON atom
    | atom"""
    p[0] = p[1]


def p_atom(p):
    """atom : WORD
    | ARROW sum STAR"""
    p[0] = p[1]


def p_error(p):
    raise SyntaxError(p)


lex.lex(optimize=True, lextab="lextab", outputdir=".")
yacc.yacc(optimize=True, outputdir=".")
