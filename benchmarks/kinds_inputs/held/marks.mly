%token <int> INT
%token PLUS TIMES LPAREN RPAREN EOF
%left PLUS
%left TIMES
%start marks
%type <int> marks
%%
marks: expr EOF { $1 };
expr: INT { $1 }
  | LPAREN expr RPAREN { $2 }
  | expr PLUS expr { $1 + $3 }
  | expr TIMES expr { $1 * $3 };
