// Package backup is an example of a protocol that is not ours: a log with a primary and backups.
package backup
