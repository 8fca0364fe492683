// What a screen reader is told of a layer map: a list whose items are the layers, each a sentence.
#pragma once

namespace pare {

/// Makes Qt ask us about layer maps; further calls do nothing.
void installLayerMapAccessibility();

} // namespace pare
