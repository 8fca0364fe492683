// What can be seen of one layer's weight: its figures, its spectrum, its picture, and what single
// steps would make of it. Free functions; any thread.
#pragma once

#include "app/document/layervalues.h"
#include "core/base/progress.h"
#include "core/model/recipe.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>

namespace pare {

struct Checkpoint;

/// A layer's weight before and after a recipe.
struct LayerChange
{
    std::string name;
    at::Tensor before;              ///< float32, of the layer's shape; not to be changed
    Weight stored;                  ///< as it would be stored, or is
    at::Tensor after;               ///< float32; undefined where no step changes it
    std::optional<Message> unknown; ///< why `after` cannot be told, where a step changes it
};

/// Compresses that layer alone, and the one whose weight it uses. Throws Error for a layer that is
/// not there and for a bad recipe, and Cancelled; a step that fails on these weights is told.
LayerChange layerChange(const Checkpoint &checkpoint, const Recipe &recipe,
                        const std::string &layer, Progress &progress);

LayerLook layerLook(const LayerChange &change);

/// Throws Error and Cancelled.
LayerSpectrum layerSpectrum(const Checkpoint &checkpoint, const std::string &layer,
                            Progress &progress);

/// Of all of it, or of as much of `region` as it has. Throws Cancelled.
LayerPicture layerPicture(const LayerChange &change, Progress &progress,
                          const std::optional<PictureRegion> &region = {});

/// Every technique that acts on the layer at one or two settings, with its bytes but without its
/// error. Needs no weights; never throws Error, but tells it. Throws Cancelled.
LayerOptions layerOptions(const Checkpoint &checkpoint, const std::string &layer,
                          Progress &progress);

/// An option of this layer with its error, where it was still to be computed. Throws Cancelled.
LayerOption tried(const Checkpoint &checkpoint, const std::string &layer, LayerOption option,
                  Progress &progress);

} // namespace pare
