import ply.lex as lex
import ply.yacc as yacc

tokens = ("NUMBER", "PLUS", "TIMES", "LPAREN", "RPAREN")
t_NUMBER = r"[a-z0-9]+"
t_PLUS = r"\+"
t_TIMES = r"\*"
t_LPAREN = r"\("
t_RPAREN = r"\)"
t_ignore = " "


def t_error(t):
    t.lexer.skip(1)


def p_sum(p):
    """sum : sum PLUS product
    | product"""
    p[0] = p[1]


def p_product(p):
    """product : product TIMES atom
    | atom"""
    p[0] = p[1]


def p_atom(p):
    """atom : NUMBER
    | LPAREN sum RPAREN"""
    p[0] = p[1]


def p_error(p):
    raise SyntaxError(p)


lex.lex(optimize=True, lextab="lextab", outputdir=".")
yacc.yacc(optimize=True, outputdir=".")
