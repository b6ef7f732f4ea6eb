package invariant

import (
	"reflect"
	"unsafe"
)

// Filler is what [Mangle] writes over every byte of a number.
const Filler = 0xdb

// Mangle makes the value lent at p unusable when assertions are [Enabled]: every byte of a number
// becomes [Filler], booleans become true and strings "mangled", in all fields, exported or not, and
// in all elements of arrays and slices. Maps are emptied. Slices keep their length and memory, so
// that their owner can use it again. What pointers and interfaces lead to is left alone: it may be
// shared with those it was not lent to.
//
// Owners reset a mangled value before they use it again.
func Mangle[T any](p *T) {
	if Enabled {
		mangle(reflect.ValueOf(p).Elem())
	}
}

// mangle takes an addressable value.
func mangle(v reflect.Value) {
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.String:
		v.SetString("mangled")
	case reflect.Map:
		v.Clear()
	case reflect.Struct:
		mangleFields(v)
	case reflect.Slice, reflect.Array:
		mangleElements(v)
	default:
		if isNumber(v.Kind()) {
			fill(v.Addr().UnsafePointer(), v.Type().Size())
		}
	}
}

// mangleFields goes by address, since reflection alone does not write to unexported fields.
func mangleFields(v reflect.Value) {
	for i := range v.NumField() {
		field := v.Field(i)
		mangle(reflect.NewAt(field.Type(), field.Addr().UnsafePointer()).Elem())
	}
}

func mangleElements(v reflect.Value) {
	if element := v.Type().Elem(); isNumber(element.Kind()) && v.Len() > 0 {
		fill(v.Index(0).Addr().UnsafePointer(), element.Size()*uintptr(v.Len()))
		return
	}
	for i := range v.Len() {
		mangle(v.Index(i))
	}
}

func isNumber(k reflect.Kind) bool { return reflect.Int <= k && k <= reflect.Complex128 }

// fill writes over memory that holds no pointer.
func fill(start unsafe.Pointer, bytes uintptr) {
	memory := unsafe.Slice((*byte)(start), bytes)
	for i := range memory {
		memory[i] = Filler
	}
}
