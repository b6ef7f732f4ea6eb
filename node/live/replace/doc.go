// Package replace puts a file in the place of another as a whole.
//
// A [File] in the making has another name, in the folder of the one that it replaces, until it is
// complete. So whoever looks finds all of the old one or all of the new one, and a folder that is
// watched for moves, as Envoy does, is told once.
//
// # The caller's duties
//
// Each File is ended by [File.Publish] or [File.Discard]. The path is the file's own: a rename onto a
// link or a device would put a file in the place of that.
//
// # Loss of power
//
// What [Write] wrote is on the disk before it gets its name, so the name never stands for half of it.
// That the name itself lasts takes a sync of the folder, which is up to whoever needs it; and what
// takes long to write can be written again: Publish does not wait for the disk.
//
// A process that is killed leaves the unfinished file, named .NAME.* and a number.
package replace
