import ply.lex as lex
import ply.yacc as yacc

tokens = ("NAME", "COMMA", "EQUALS", "LBRACE", "RBRACE")
t_NAME = r"[a-z0-9]+"
t_COMMA = r"\+"
t_EQUALS = r"\*"
t_LBRACE = r"\("
t_RBRACE = r"\)"
t_ignore = " "


def t_error(t):
    t.lexer.skip(1)


def p_sum(p):
    """sum : sum COMMA product
    | product"""
    p[0] = p[1]


def p_product(p):
    """product : product EQUALS atom
    | atom"""
    p[0] = p[1]


def p_atom(p):
    """atom : NAME
    | LBRACE sum RBRACE"""
    p[0] = p[1]


def p_error(p):
    raise SyntaxError(p)


lex.lex(optimize=True, lextab="lextab", outputdir=".")
yacc.yacc(optimize=True, outputdir=".")
