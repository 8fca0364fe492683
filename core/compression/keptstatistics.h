// What one state of a network shows on one set of calibration data, as a store keeps it.
//
// Kept under a hash of all it follows from: network and weights, data, this build of the program,
// the machine with its kernels and the number of threads, so that what is read is what would be
// computed, bit for bit. Belongs to one compression.
#pragma once

#include "core/compression/calibration.h"
#include "core/compression/statisticsstore.h"

#include <map>
#include <optional>
#include <string>

namespace pare {

/// What statistics are collected with; all of it may be missing.
struct CalibrationWork
{
    const NetworkSpecification *specification = nullptr;
    const CalibrationData *data = nullptr;
    const StatisticsStore *store = nullptr; ///< null: nothing is kept
};

class KeptStatistics
{
public:
    /// All of it must outlive this; `weights` are the state.
    KeptStatistics(const CalibrationWork &work, const ModelWeights &weights);

    bool keepsAnything() const { return m_work.store != nullptr; }

    /// `what`: "fisher encoder.0.ffn.up".
    std::optional<StatisticsStore::Tensors> find(const std::string &what);
    /// Several at once, by what they are; then the store keeps to its limit.
    void keep(const std::map<std::string, StatisticsStore::Tensors> &entries);

private:
    std::string keyOf(const std::string &what);

    CalibrationWork m_work;
    const ModelWeights &m_weights;
    std::string m_state; ///< its hash; empty until it is needed
};

} // namespace pare
