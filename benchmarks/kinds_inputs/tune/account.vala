public class Account : Object {
    public int owner { get; set; }
    private string[] balance = {};
    public signal void changed (int value);

    public Account (int start) {
        this.owner = start;
    }

    public bool add (string name) {
        if (name == null || name.length == 0) {
            return false;
        }
        balance += name;
        changed (balance.length);
        return true;
    }

    public static int main (string[] args) {
        var it = new Account (3);
        foreach (string arg in args) {
            it.add (arg);
        }
        stdout.printf ("%d\n", it.owner);
        return 0;
    }
}
