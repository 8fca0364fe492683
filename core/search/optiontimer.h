// How much longer or shorter one answer takes with one option at one place.
//
// Times the block, embedding or head that changed, on one example of the mean length, taking turns with
// what it is compared with; equal changes are timed once. Belongs to one sweep, on its thread.
#pragma once

#include "core/evaluation/encodeddata.h"
#include "core/network/network.h"
#include "core/search/optionweights.h"

#include <map>
#include <string>

namespace pare {

class OptionTimer
{
public:
    /// Both must outlive this.
    OptionTimer(const Network &compared, const EncodedData &data);

    /// Milliseconds added; negative: faster; 0 where turns do not agree on either. `network` is that of `option` at its place; `name` says
    /// which option it is, without the place.
    double milliseconds(const Network &network, const PlacedOption &option,
                        const std::string &name);

private:
    double measured(const Network &network, const PlacedOption &option) const;

    const Network &m_compared;
    PackedBatch m_batch;
    at::Tensor m_states;
    std::map<std::string, double> m_known;
};

} // namespace pare
