#include "app/cli/commandline.h"

int main(int argc, char **argv)
{
    return pare::runCommandLine(argc, argv);
}
