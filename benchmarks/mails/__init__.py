"""What ``benchmarks.mail`` measures on and with: invented mails of many clients, and a peer."""
