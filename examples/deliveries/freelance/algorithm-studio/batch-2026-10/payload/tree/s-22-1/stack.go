// Package stack holds a stack of a fixed size.
package stack

import "errors"

// ErrFull and ErrEmpty say why nothing was pushed or popped.
var (
	ErrFull  = errors.New("stack is full")
	ErrEmpty = errors.New("stack is empty")
)

// Stack holds at most Limit values.
type Stack[T any] struct {
	Limit  int
	values []T
}

// Push puts a value on top.
func (s *Stack[T]) Push(value T) error {
	if len(s.values) >= s.Limit {
		return ErrFull
	}
	s.values = append(s.values, value)
	return nil
}

// Pop takes the value on top.
func (s *Stack[T]) Pop() (T, error) {
	var value T
	if len(s.values) == 0 {
		return value, ErrEmpty
	}
	last := len(s.values) - 1
	value, s.values[last] = s.values[last], value
	s.values = s.values[:last]
	return value, nil
}
