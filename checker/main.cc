// Wiring only: the command line is `checker/driver`.
#include "checker/driver/cli.h"

int main(int argc, char** argv) { return overt::driver::RunCommandLine(argc, argv); }
