// Package universe tests protocols of your own.
package universe
