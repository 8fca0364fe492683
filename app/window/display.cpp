#include "app/window/display.h"

#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <xcb/xcb.h>

namespace pare {

namespace {

std::string variable(const char *name)
{
    const char *value = std::getenv(name);
    return value ? value : "";
}

bool xServerAnswers()
{
    if (variable("DISPLAY").empty())
        return false;
    // Where it answers, the connection is kept: a bare server whose only client leaves begins anew
    // and refuses whoever comes meanwhile, as would be Qt.
    static xcb_connection_t *const connection = xcb_connect(nullptr, nullptr);
    return xcb_connection_has_error(connection) == 0;
}

bool compositorAnswers()
{
    std::string path = variable("WAYLAND_DISPLAY");
    if (path.empty())
        return false;
    if (!path.starts_with('/'))
        path = variable("XDG_RUNTIME_DIR") + "/" + path;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return false;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return false;
    const bool answers =
        ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0;
    ::close(descriptor);
    return answers;
}

} // namespace

bool displayAvailable()
{
    return compositorAnswers() || xServerAnswers();
}

} // namespace pare
