#include "core/model/configparts.h"

#include "core/base/error.h"
#include "core/model/configreader.h"
#include "core/model/messages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace pare {

namespace {

constexpr std::array<std::pair<std::string_view, Activation>, 8> activationNames{{
    {"gelu", Activation::Gelu},
    {"gelu_new", Activation::GeluTanh},
    {"gelu_pytorch_tanh", Activation::GeluTanh},
    {"gelu_fast", Activation::GeluTanh},
    {"relu", Activation::Relu},
    {"silu", Activation::Silu},
    {"swish", Activation::Silu},
    {"tanh", Activation::Tanh},
}};

} // namespace

std::string_view nameOf(Activation activation)
{
    return std::ranges::find(activationNames, activation,
                             &std::pair<std::string_view, Activation>::second)
        ->first;
}

Activation readActivation(ConfigReader &reader, const char *key, const std::string &fallback)
{
    const std::string name = reader.text(key, fallback);
    const auto found =
        std::ranges::find(activationNames, name, &std::pair<std::string_view, Activation>::first);
    if (found != activationNames.end())
        return found->second;
    throw Error(ErrorKind::Unsupported, messages::configActivation, reader.origin(), key, name);
}

int readHeads(ConfigReader &reader, const char *key, const char *widthKey, int width)
{
    const int heads = reader.integer(key, 1, 1 << 12);
    if (width % heads != 0)
        throw Error(ErrorKind::InvalidFile, messages::configHeads, reader.origin(), widthKey, width,
                    key, heads);
    return heads;
}

} // namespace pare
