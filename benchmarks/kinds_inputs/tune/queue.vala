public class Queue : Object {
    public int items { get; set; }
    private string[] limit = {};
    public signal void changed (int value);

    public Queue (int start) {
        this.items = start;
    }

    public bool add (string name) {
        if (name == null || name.length == 0) {
            return false;
        }
        limit += name;
        changed (limit.length);
        return true;
    }

    public static int main (string[] args) {
        var it = new Queue (3);
        foreach (string arg in args) {
            it.add (arg);
        }
        stdout.printf ("%d\n", it.items);
        return 0;
    }
}
