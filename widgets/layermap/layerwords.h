// What layers are for, in a sentence each. Free functions; window's thread.
#pragma once

#include "core/model/layer.h"

#include <QString>

namespace pare {

/// "What each token looks for in the others."; empty for roles that say it by their name.
QString purposeText(LayerRole role);

} // namespace pare
