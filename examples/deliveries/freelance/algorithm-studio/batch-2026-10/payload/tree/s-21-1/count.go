// Package words counts words.
package words

import (
	"sort"
	"strings"
	"unicode"
)

// Count is a word and how often it occurred.
type Count struct {
	Word  string
	Times int
}

// Top returns the n most frequent words in lower case, ties in order of the alphabet.
func Top(text string, n int) []Count {
	times := make(map[string]int)
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && r != '\''
	}) {
		times[word]++
	}
	counts := make([]Count, 0, len(times))
	for word, count := range times {
		counts = append(counts, Count{word, count})
	}
	sort.Slice(counts, func(i, j int) bool {
		if counts[i].Times != counts[j].Times {
			return counts[i].Times > counts[j].Times
		}
		return counts[i].Word < counts[j].Word
	})
	if n < len(counts) {
		counts = counts[:max(n, 0)]
	}
	return counts
}
