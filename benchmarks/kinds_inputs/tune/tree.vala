public class Tree : Object {
    public int left { get; set; }
    private string[] right = {};
    public signal void changed (int value);

    public Tree (int start) {
        this.left = start;
    }

    public bool add (string name) {
        if (name == null || name.length == 0) {
            return false;
        }
        right += name;
        changed (right.length);
        return true;
    }

    public static int main (string[] args) {
        var it = new Tree (3);
        foreach (string arg in args) {
            it.add (arg);
        }
        stdout.printf ("%d\n", it.left);
        return 0;
    }
}
