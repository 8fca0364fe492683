#include "core/experiment/versions.h"

#include "core/checkpoint/modelfile.h"
#include "core/network/kernels/kernelchoice.h"

#include <torch/csrc/api/include/torch/version.h>

namespace pare {

std::map<std::string, std::string> versions()
{
    return {{"pare", PARE_VERSION},
            {"libtorch", TORCH_VERSION},
            {"format", std::to_string(modelFileFormat)},
            {"kernels", kernelChoiceText(kernelChoice())},
            {"machine", kernelMachine()}};
}

} // namespace pare
