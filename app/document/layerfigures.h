// Numbers of every layer's weight in the original, to colour a map by: a few layers at a time, and
// kept in the user's cache folder by the hash of the model. Free functions; any thread.
#pragma once

#include "app/document/layervalues.h"
#include "core/base/progress.h"

#include <span>
#include <string>

namespace pare {

struct Checkpoint;

/// Layers that own a weight and of which `depth` is not among `known`, in the model's order; those
/// whose rank is never told are left out.
std::vector<std::string> missingFigures(const Checkpoint &checkpoint, const FigureMap &known,
                                        FigureDepth depth);

/// What earlier looks kept of the model of that hash; empty: nothing.
FigureMap keptFigures(const Checkpoint &checkpoint, const std::string &modelHash);
/// Replaces what was kept.
void keepFigures(const Checkpoint &checkpoint, const std::string &modelHash,
                 const FigureMap &figures);

/// Of the first of `layers`, and of as many more as a short while has room for; only what belongs to
/// `depth` is told. Throws Error and Cancelled.
FigureMap figuresOf(const Checkpoint &checkpoint, std::span<const std::string> layers,
                    FigureDepth depth, Progress &progress);

/// `found` completes `known`: what it does not tell stays.
void addFigures(FigureMap &known, const FigureMap &found);

} // namespace pare
