// Becomes of `lockstep run`; its only argument is the descriptor of its sealed orders.
import Glibc
import Guard

exit(GuardProcess.main(CommandLine.arguments))
