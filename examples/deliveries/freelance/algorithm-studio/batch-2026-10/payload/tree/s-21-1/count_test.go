package words

import (
	"reflect"
	"testing"
)

func TestTop(t *testing.T) {
	got := Top("The cat, the hat: a cat's THE", 2)
	want := []Count{{"the", 3}, {"a", 1}}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	if left := Top("", 3); len(left) != 0 {
		t.Fatalf("words in an empty text: %v", left)
	}
}
