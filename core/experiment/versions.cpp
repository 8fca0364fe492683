#include "core/experiment/versions.h"

#include "core/checkpoint/modelfile.h"
#include "core/network/kernels/kernelchoice.h"

#include <torch/csrc/api/include/torch/version.h>

namespace pare {

std::map<std::string, std::string> builtVersions()
{
    return {{"pare", PARE_VERSION},
            {"libtorch", TORCH_VERSION},
            {"format", std::to_string(modelFileFormat)},
            {"machine", kernelMachine()}};
}

std::map<std::string, std::string> versions()
{
    std::map<std::string, std::string> all = builtVersions();
    all.emplace("kernels", kernelChoiceText(kernelChoice()));
    return all;
}

} // namespace pare
