// Package view is what one live node has to show of itself, as plain values: the seam between the
// driver, which fills them in, and the API, which turns them into answers.
//
// # The model
//
// A [Source] is a node. Every method returns a copy, taken between two inputs of the machine, so
// what one answer says fits together; two answers may have an input between them. All names are
// those that people use: servers and services by name, origins by the address that is checked,
// times by the wall clock. Numbers that mean something inside one process only stay there.
//
// What a node shows is its own view. Others may have heard more, or less: nobody is asked.
//
// # The caller's duties
//
// Values returned are the caller's to keep. Methods may be called from any goroutine; they wait for
// the machine's turn, at most until ctx is done. Who subscribes reads, or loses events and is told
// how many.
//
// # Invariants
//
//  1. An origin is named by its service and its target, and no two of one answer are named alike.
//  2. Lists are sorted: members by name, services by name, origins by service and target, rankings
//     from the owner down.
package view
