"""A truth set of secrets and look-alikes, made anew from a seed; no value is stored as text.

Prefixes of providers are joined from pieces, so that no scanner finds a secret in this file.
"""

from __future__ import annotations

import base64
import random
import string
import uuid
from typing import NamedTuple

DIGITS, LOWER, UPPER = string.digits, string.ascii_lowercase, string.ascii_uppercase
ALNUM = UPPER + LOWER + DIGITS
HEX = "0123456789abcdef"
PRIVATE_KEY = "PRIV" + "ATE KEY"


class Planted(NamedTuple):
    """One file: the kind of the one secret in it, None for a look-alike, and the secret."""

    path: str
    text: str
    kind: str | None
    value: str


class Planter:
    """Random values of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def pick(self, alphabet: str, length: int) -> str:
        return "".join(self.random.choices(alphabet, k=length))

    def password(self) -> str:
        word = self.random.choice(["Winter", "kestrel", "Tango", "blue", "Pasta", "orbit"])
        return f"{word}{self.pick(DIGITS, 3)}{self.random.choice('!*-')}{self.pick(ALNUM, 4)}"

    def pem(self, label: str, n_bytes: int) -> str:
        body = base64.b64encode(self.random.randbytes(n_bytes)).decode()
        lines = "\n".join(body[at : at + 64] for at in range(0, len(body), 64))
        return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----"

    def jwt(self) -> str:
        claims = ('{"alg":"HS256","typ":"JWT"}', f'{{"sub":"{self.pick(DIGITS, 10)}","iat":17}}')
        parts = [base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in claims]
        return ".".join([*parts, self.pick(ALNUM + "-_", 43)])

    def secrets(self) -> list[Planted]:
        """One file for each way in which secrets are written."""
        pick = self.pick
        slack = f"{pick(DIGITS, 12)}-{pick(DIGITS, 12)}-{pick(ALNUM, 24)}"
        values = {
            "provider_token": [
                ("aws_id.py", 'AWS_KEY_ID = "{}"', "AK" + "IA" + pick(UPPER + "234567", 16)),
                ("aws.py", 'aws_secret_access_key = "{}"', pick(ALNUM + "/+", 40)),
                ("github.py", 'gh = "{}"', "gh" + "p_" + pick(ALNUM, 36)),
                ("gitlab.sh", "export GITLAB={}", "gl" + "pat-" + pick(ALNUM, 20)),
                ("slack.py", 'slack = "{}"', "xo" + "xb-" + slack),
                ("stripe.js", 'const stripe = "{}";', "sk_" + "live_" + pick(ALNUM, 24)),
                ("maps.js", 'const maps = "{}";', "AI" + "za" + pick(ALNUM + "-_", 35)),
                ("mail.py", 'mail = "{}"', f"SG{'.'}{pick(ALNUM, 22)}.{pick(ALNUM, 43)}"),
                ("npmrc.txt", "//registry/:_authToken={}", "npm" + "_" + pick(ALNUM, 36)),
                ("ocean.py", 'do = "{}"', "dop" + "_v1_" + pick(HEX, 64)),
                ("hub.py", 'hf = "{}"', "hf" + "_" + pick(LOWER + UPPER, 34)),
                ("shop.rb", 'shop = "{}"', "shp" + "at_" + pick(HEX, 32)),
                ("bot.py", 'bot = "{}"', pick(DIGITS, 9) + ":A" + "A" + pick(ALNUM, 33)),
                ("gun.py", 'gun = "{}"', "ke" + "y-" + pick(HEX, 32)),
                ("head.py", 'h = {{"Authorization": "Bearer {}"}}', pick(ALNUM, 40)),
            ],
            "jwt": [("jwt.py", 'x = "{}"', self.jwt())],
            "private_key": [
                ("rsa.pem", "{}", self.pem("RSA " + PRIVATE_KEY, 600)),
                ("ec.py", 'KEY = """{}"""', self.pem("EC " + PRIVATE_KEY, 120)),
                ("ssh.key", "{}", self.pem("OPENSSH " + PRIVATE_KEY, 400)),
            ],
            "url_password": [
                ("dsn.py", 'DSN = "postgres://app:{}@db.internal:5432/main"', self.password()),
                ("redis.yml", "url: redis://:{}@cache.internal:6379", pick(ALNUM, 24)),
                ("build.js", 'fetch("https://bot:{}@build.intra.net/job");', pick(ALNUM, 18)),
            ],
            "password": [
                ("a.py", 'password = "{}"', self.password()),
                ("b.java", 'String dbPassword = "{}";', self.password()),
                ("c.json", '{{"db": {{"password": "{}"}}}}', self.password()),
                ("d.yml", "db:\n  password: {}", self.password()),
                ("e.sh", "export DB_PASSWORD={}", self.password()),
                ("f.sh", "PGPASSWORD={} psql -h db", self.password()),
                ("g.php", "define('DB_PASSWORD', '{}');", pick(ALNUM, 18)),
                ("h.ini", "[db]\nuser = app\npassword = {}", self.password()),
                ("i.xml", "<password>{}</password>", self.password()),
                ("j.cs", 'var c = "Server=db;User Id=app;Password={};";', self.password()),
                ("k.c", '#define DB_PASSWORD "{}"', self.password()),
                ("l.rb", "config = {{ :password => '{}' }}", self.password()),
                ("netrc", "machine api.intra.net login bob password {}", self.password()),
            ],
            "generic_secret": [
                ("m.py", 'SECRET_KEY = "{}"', pick(ALNUM + "!@^&*-_=+", 50)),
                ("n.js", "const apiKey = '{}';", pick(HEX, 32)),
                ("o.go", 'clientSecret := "{}"', pick(ALNUM, 40)),
                ("p.rs", 'let auth_token: &str = "{}";', pick(ALNUM, 32)),
                ("q.ts", 'const token: string = "{}";', pick(ALNUM, 36)),
                ("r.toml", 'api_key = "{}"', pick(ALNUM, 28)),
                ("s.properties", "app.jwt.secret={}", pick(ALNUM, 44)),
            ],
        }
        return [
            Planted(path, form.format(value) + "\n", kind, value)
            for kind, files in values.items()
            for path, form, value in files
        ]

    def look_alikes(self) -> list[Planted]:
        """Files without any secret."""
        pick, word = self.pick, self.random.choice(["river", "stone"])
        identifier = uuid.UUID(int=self.random.getrandbits(128))
        files = [
            ("a.py", f'SHA256 = "{pick(HEX, 64)}"'),
            ("b.json", f'{{"integrity": "sha512-{pick(ALNUM + "+/", 86)}=="}}'),
            ("c.py", f'commit = "{pick(HEX, 40)}"'),
            ("d.py", f'ID = "{identifier}"'),
            ("e.py", 'password = "your-password-here"'),
            ("f.py", 'api_key = "<YOUR_API_KEY>"'),
            ("g.sh", "export DB_PASSWORD=${DB_PASSWORD}"),
            ("h.yml", 'password: "{{ vault_db_password }}"'),
            ("i.py", 'password = os.environ["DB_PASSWORD"]'),
            ("j.js", "const token = process.env.API_TOKEN;"),
            ("k.py", 'secret = "changeme"'),
            ("l.py", 'token = "xxxxxxxxxxxxxxxxxxxxxxxx"'),
            ("m.py", 'aws = "' + "AK" + "IA" + "IOSFODNN7" + "EXAM" + 'PLE"'),
            ("n.pem", self.pem("PUBLIC KEY", 200)),
            ("o.pem", self.pem("CERTIFICATE", 700)),
            ("p.pub", "ssh-rsa AAAAB3NzaC1yc2E" + pick(ALNUM + "+/", 300) + " me@host"),
            ("q.json", '{"password": "Enter your password", "token": "Token"}'),
            ("r.py", 'password_field = "user_password_input"'),
            ("s.py", 'token_type = "bearer_access"'),
            ("t.py", f'password_hash = "{pick(HEX, 64)}"'),
            ("u.py", 'tokenizer = "bert-base-uncased"'),
            ("v.html", '<input type="password" name="password" id="login-password-2">'),
            ("w.md", "curl https://user:password@host.example.com/api"),
            ("x.yml", "url: postgres://postgres:postgres@localhost:5432/test"),
            ("y.py", 'DSN = "mysql://{user}:{password}@{host}/db"'),
            ("z.py", f'image = "data:image/png;base64,{pick(ALNUM + "+/", 400)}"'),
            ("aa.py", "password = get_password(prompt='Password: ')"),
            ("ab.py", f'secret_name = "prod/{word}/database"'),
            ("ac.py", f'api_key_header = "X-{word.title()}-Api-Key-V2"'),
            ("ad.yml", f"token: {word}-service-account-ref"),
            ("ae.js", "if (password === confirmPassword2) submit();"),
            ("af.ts", "const password: string = this.form.value.password1;"),
            ("ag.toml", f'checksum = "{pick(HEX, 64)}"'),
            ("ah.py", 'PASSWORD_RESET_URL = "/accounts/password/reset2/"'),
            ("ai.java", 'private static final String TOKEN_KEY = "auth.token.key.v2";'),
            ("aj.py", 'parser.add_argument("--api-key", help="the API key for v2")'),
            ("ak.sql", "ALTER USER app WITH PASSWORD :'password';"),
            ("al.ini", "password = \ntoken = none"),
            ("am.go", 'const tokenURL = "https://auth.internal/oauth2/token"'),
            ("an.py", 'kinds = ("PrivateKey", "MLKEM768X25519PublicKey")'),
            ("ao.py", "'''Pass \"HintPep484TypeVarFree\" to the function.'''"),
            ("locales/de.json", '{"password": "Passwort1eingeben22"}'),
        ]
        return [Planted(path, text + "\n", None, "") for path, text in files]
