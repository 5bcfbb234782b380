{ exception End }
rule token = parse
  | [' ' '\t' '\n'] { token lexbuf }
  | ['0'-'9']+ as lxm { int_of_string lxm }
  | "let" | "in" { 1 }
  | ['a'-'z']['a'-'z' '0'-'9']* { 2 }
  | "(*" { comment lexbuf }
  | eof { raise End }
and comment = parse
  | "*)" { token lexbuf }
  | _ { comment lexbuf }
