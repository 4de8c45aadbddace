package command

import (
	"reflect"
	"strings"
	"time"
)

// sampleOf is a value of the same type in which everything is there: no pointer is nil, and no list or text empty. A
// template that cannot be executed on it asks for what no value has.
func sampleOf(value any) any {
	sample := reflect.New(reflect.TypeOf(value)).Elem()
	fill(sample)
	return sample.Interface()
}

// sampleSize is how many items a list of a sample has, and how many words a text: more than a template names by number.
const sampleSize = 32

func fill(v reflect.Value) {
	switch {
	case v.Type() == reflect.TypeFor[time.Time]():
		v.Set(reflect.ValueOf(time.Date(2000, 1, 2, 3, 4, 5, 0, time.UTC)))
	case v.Kind() == reflect.Pointer && v.CanSet():
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case v.Kind() == reflect.Struct:
		for _, field := range v.Fields() {
			fill(field)
		}
	case v.Kind() == reflect.Slice && v.CanSet():
		v.Set(reflect.MakeSlice(v.Type(), sampleSize, sampleSize))
		for i := range sampleSize {
			fill(v.Index(i))
		}
	case v.Kind() == reflect.String && v.CanSet():
		v.SetString(strings.TrimSpace(strings.Repeat("text ", sampleSize)))
	}
}
