{
module Main where
}
%name parsewords
%tokentype { Token }
%error { failed }
%token
  let { TLet }
  name { TName $$ }
  num { TNum $$ }
  '=' { TEq }
  '+' { TPlus }
  '*' { TTimes }
%left '+'
%left '*'
%%
Exp : let name '=' Exp { Let $2 $4 }
    | Exp '+' Exp { Plus $1 $3 }
    | Exp '*' Exp { Times $1 $3 }
    | num { Num $1 }
    | name { Var $1 }
{
failed :: [Token] -> a
failed _ = error "no parse"
data Exp = Let String Exp | Plus Exp Exp | Times Exp Exp | Num Int | Var String
data Token = TLet | TName String | TNum Int | TEq | TPlus | TTimes
}
