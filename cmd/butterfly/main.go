package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// The first Ctrl-C asks for an orderly end, the second one gets an immediate end.
	ctx, restore := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, restore)

	err := newApp(os.Stdout, os.Stderr, os.Args[0]).command().Run(ctx, os.Args)
	if err != nil && err.Error() != "" {
		fmt.Fprintf(os.Stderr, "butterfly: %v\n", err)
	}
	os.Exit(exitCode(err))
}
