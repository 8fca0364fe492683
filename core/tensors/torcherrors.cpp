#include "core/tensors/torcherrors.h"

#include "core/tensors/messages.h"

#include <c10/util/Exception.h>
#include <new>
#include <string_view>

namespace pare {

namespace {

/// The first line, without "[enforce fail at …]" and the like in front.
std::string shortened(std::string_view text)
{
    text = text.substr(0, text.find('\n'));
    if (text.starts_with('[')) {
        const auto end = text.find("] ");
        if (end != std::string_view::npos)
            text.remove_prefix(end + 2);
    }
    return std::string(text);
}

} // namespace

void rethrowTranslated()
{
    try {
        throw;
    } catch (const c10::Error &error) {
        const std::string text = shortened(error.what_without_backtrace());
        if (text.find("not enough memory") != std::string::npos ||
            text.find("can't allocate memory") != std::string::npos)
            throw Error(ErrorKind::NotEnoughMemory, messages::torchMemory, text);
        throw Error(ErrorKind::Unsupported, messages::torchFailed, text);
    } catch (const std::bad_alloc &error) {
        throw Error(ErrorKind::NotEnoughMemory, messages::torchMemory, error.what());
    }
}

} // namespace pare
