// What a teacher makes of texts, computed once and kept in a file of the user's cache folder while
// epochs repeat; worked out batch by batch where that would take too much room.
//
// Belongs to one training, on its thread; keeps references to network and texts.
#pragma once

#include "core/base/progress.h"
#include "core/network/trainablenetwork.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace pare {

enum class TeacherWants {
    Logits, ///< class logits alone
    Firsts, ///< and the hidden states of first tokens
    Trace,  ///< and everything of every token
};

/// Of one batch, in packed order.
struct TeacherAnswers
{
    at::Tensor logits; ///< [sequences, labels]; undefined for networks without a classifier
    std::vector<at::Tensor> firsts; ///< of each block [sequences, width]
    NetworkTrace trace;
};

struct TeacherStatesOptions
{
    TeacherWants wants = TeacherWants::Logits;
    std::int64_t batchTokens = 2048;
    std::filesystem::path folder = {}; ///< of the file; empty: kept in memory
    std::string identity = {};         ///< of teacher and texts: names the file
    std::uint64_t limit = 512u << 20;    ///< bytes that are kept; more is worked out again each time
};

class TeacherStates
{
public:
    TeacherStates(const TrainableNetwork &teacher, std::span<const Sequence> texts,
                  const TeacherStatesOptions &options);

    /// Works everything out where it is kept and not there yet. Throws Error and Cancelled.
    void prepare(Progress &progress);

    /// Of a batch packed from the texts, or from what another tokenizer made of them, where no
    /// trace is wanted; without gradients. `border` as in ForwardOptions.
    TeacherAnswers answers(const PackedBatch &batch, const std::function<void()> &border) const;

    bool areKept() const { return m_kept; }

private:
    TeacherAnswers computed(const PackedBatch &batch, const std::function<void()> &border) const;
    TeacherAnswers inOrderOf(const PackedBatch &batch, const PackedBatch &own,
                             const std::function<void()> &border) const;
    at::Tensor flat(const TeacherAnswers &answers, const PackedBatch &batch) const;
    TeacherAnswers unflattened(const at::Tensor &rows, const PackedBatch &batch) const;
    std::int64_t floatsPerRow() const;

    const TrainableNetwork &m_teacher;
    std::span<const Sequence> m_texts;
    TeacherStatesOptions m_options;
    bool m_kept = false;
    std::vector<std::int64_t> m_starts; ///< row of each text in m_rows
    at::Tensor m_rows;                  ///< float32 [texts or tokens, floatsPerRow()]
};

} // namespace pare
