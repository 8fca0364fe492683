// The style sheet of HTML reports. A free function; any thread.
#pragma once

#include <QString>

namespace pare {

QString htmlStyle();

} // namespace pare
