#include "core/training/distill/teacherstates.h"

#include "core/base/error.h"
#include "core/base/folderlimit.h"
#include "core/network/interrupted.h"
#include "core/tensors/safetensorsfile.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/tensor.h"
#include "core/training/messages.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <cassert>
#include <c10/core/GradMode.h>
#include <map>
#include <numeric>

namespace pare {

namespace {

namespace fs = std::filesystem;

constexpr auto tensorName = "states";

at::Tensor indices(std::span<const std::int64_t> numbers)
{
    return at::tensor(at::ArrayRef<std::int64_t>(numbers.data(), numbers.size()), at::kLong);
}

/// Rows of a batch that were worked out before; nothing where the file is missing or another's.
at::Tensor storedRows(const fs::path &file, std::int64_t rows, std::int64_t columns)
{
    std::error_code error;
    if (file.empty() || !fs::exists(file, error))
        return {};
    try {
        const auto mapped = std::make_shared<const SafetensorsFile>(file);
        const SafetensorsEntry *entry = mapped->find(tensorName);
        if (!entry || entry->dtype != DType::Float32 ||
            entry->shape != std::vector<std::int64_t>{rows, columns})
            return {};
        fs::last_write_time(file, fs::file_time_type::clock::now(), error);
        return toTensor(mapped, *entry);
    } catch (const Error &) {
        return {}; // derived data: made again
    }
}

} // namespace

TeacherStates::TeacherStates(const TrainableNetwork &teacher, std::span<const Sequence> texts,
                             const TeacherStatesOptions &options)
    : m_teacher(teacher)
    , m_texts(texts)
    , m_options(options)
{
    std::int64_t rows = 0;
    for (const Sequence &text : texts) {
        m_starts.push_back(rows);
        rows += options.wants == TeacherWants::Trace ? static_cast<std::int64_t>(text.ids.size()) : 1;
    }
    m_starts.push_back(rows);
    m_kept = static_cast<std::uint64_t>(rows * floatsPerRow()) * sizeof(float) <= options.limit;
}

/// Class logits first; of a trace they stand in the rows of first tokens.
std::int64_t TeacherStates::floatsPerRow() const
{
    const NetworkSpecification &network = m_teacher.specification();
    const StackSpecification &stack = network.stacks.front();
    std::int64_t floats =
        network.head == HeadKind::Classification ? static_cast<std::int64_t>(network.labels.size()) : 0;
    if (m_options.wants == TeacherWants::Firsts)
        floats += std::int64_t{stack.blocks} * network.width();
    if (m_options.wants == TeacherWants::Trace) {
        floats += std::int64_t{stack.blocks + 1} * network.width();
        for (int i = 0; i < stack.blocks; ++i)
            floats += 3 * stack.attentionWidth(i);
    }
    return floats;
}

TeacherAnswers TeacherStates::computed(const PackedBatch &batch,
                                       const std::function<void()> &border) const
{
    const c10::NoGradGuard noGradients;
    ForwardOptions options;
    options.border = border;
    TrainablePass pass(m_teacher, batch, options);
    TeacherAnswers answers;
    answers.trace = pass.traced();
    const at::Tensor starts = indices(batch.starts);
    for (const BlockOutput &block : answers.trace.blocks)
        answers.firsts.push_back(block.hidden.index_select(0, starts));
    if (m_teacher.specification().head == HeadKind::Classification)
        answers.logits = pass.classLogits(answers.firsts.back());
    return answers;
}

at::Tensor TeacherStates::flat(const TeacherAnswers &answers, const PackedBatch &batch) const
{
    std::vector<at::Tensor> parts;
    const bool whole = m_options.wants == TeacherWants::Trace;
    if (answers.logits.defined() && whole)
        parts.push_back(at::zeros({batch.tokens(), answers.logits.size(1)}, at::kFloat)
                            .index_copy_(0, indices(batch.starts), answers.logits));
    else if (answers.logits.defined())
        parts.push_back(answers.logits);
    if (m_options.wants == TeacherWants::Firsts)
        parts.insert(parts.end(), answers.firsts.begin(), answers.firsts.end());
    if (whole) {
        parts.push_back(answers.trace.embedding);
        for (const BlockOutput &block : answers.trace.blocks) {
            parts.push_back(block.hidden);
            parts.push_back(block.queryKeyValue);
        }
    }
    return at::cat(parts, 1);
}

TeacherAnswers TeacherStates::unflattened(const at::Tensor &rows, const PackedBatch &batch) const
{
    const NetworkSpecification &network = m_teacher.specification();
    const StackSpecification &stack = network.stacks.front();
    std::int64_t column = 0;
    const auto next = [&](std::int64_t width) {
        at::Tensor part = rows.narrow(1, column, width).contiguous();
        column += width;
        return part;
    };
    TeacherAnswers answers;
    const bool whole = m_options.wants == TeacherWants::Trace;
    const at::Tensor starts = indices(batch.starts);
    if (network.head == HeadKind::Classification) {
        answers.logits = next(static_cast<std::int64_t>(network.labels.size()));
        if (whole)
            answers.logits = answers.logits.index_select(0, starts);
    }
    if (whole)
        answers.trace.embedding = next(network.width());
    for (int i = 0; m_options.wants != TeacherWants::Logits && i < stack.blocks; ++i) {
        const at::Tensor hidden = next(network.width());
        answers.firsts.push_back(whole ? hidden.index_select(0, starts) : hidden);
        if (whole)
            answers.trace.blocks.push_back({hidden, next(3 * stack.attentionWidth(i))});
    }
    return answers;
}

/// A student that reads the texts by fewer tokens may sort them otherwise by their lengths.
TeacherAnswers TeacherStates::inOrderOf(const PackedBatch &batch, const PackedBatch &own,
                                        const std::function<void()> &border) const
{
    TeacherAnswers answers = computed(own, border);
    if (own.order == batch.order)
        return answers;
    assert(m_options.wants != TeacherWants::Trace);
    std::map<std::size_t, std::int64_t> places;
    for (std::size_t i = 0; i < own.order.size(); ++i)
        places[own.order[i]] = static_cast<std::int64_t>(i);
    std::vector<std::int64_t> rows;
    for (const std::size_t text : batch.order)
        rows.push_back(places.at(text));
    if (answers.logits.defined())
        answers.logits = answers.logits.index_select(0, indices(rows));
    for (at::Tensor &first : answers.firsts)
        first = first.index_select(0, indices(rows));
    return answers;
}

void TeacherStates::prepare(Progress &progress)
{
    if (!m_kept || m_rows.defined() || m_texts.empty())
        return;
    const fs::path file = m_options.folder.empty()
                              ? fs::path()
                              : m_options.folder / (m_options.identity + ".safetensors");
    m_rows = storedRows(file, m_starts.back(), floatsPerRow());
    if (m_rows.defined())
        return;
    at::Tensor rows = at::empty({m_starts.back(), floatsPerRow()}, at::kFloat);
    std::vector<std::size_t> all(m_texts.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const auto batches = batchesByLength(m_texts, std::move(all), m_options.batchTokens);
    for (std::size_t i = 0; i < batches.size(); ++i) {
        progress.step({message(messages::trainingTeacher), static_cast<std::int64_t>(i),
                       static_cast<std::int64_t>(batches.size())});
        const PackedBatch batch = packed(m_texts, batches[i]);
        const at::Tensor found = cancellable(
            [&] { return flat(computed(batch, interruptedBy(progress)), batch); });
        std::int64_t row = 0;
        for (const std::size_t text : batch.order) {
            const std::int64_t count = m_starts[text + 1] - m_starts[text];
            rows.narrow(0, m_starts[text], count).copy_(found.narrow(0, row, count));
            row += count;
        }
    }
    if (file.empty()) {
        m_rows = rows;
        return;
    }
    std::error_code ignored;
    fs::create_directories(m_options.folder, ignored);
    keepNewest(m_options.folder, m_options.limit);
    writeSafetensors(file, {{tensorName, rows}}, {});
    rows = at::Tensor();
    m_rows = storedRows(file, m_starts.back(), floatsPerRow());
    if (!m_rows.defined())
        throw Error(ErrorKind::Io, messages::stateBroken, file, tensorName);
}

TeacherAnswers TeacherStates::answers(const PackedBatch &batch,
                                      const std::function<void()> &border) const
{
    if (!m_kept)
        return inOrderOf(batch, packed(m_texts, batch.order), border);
    std::vector<std::int64_t> rows;
    for (const std::size_t text : batch.order) {
        for (std::int64_t row = m_starts[text]; row < m_starts[text + 1]; ++row)
            rows.push_back(row);
    }
    return unflattened(m_rows.index_select(0, indices(rows)), batch);
}

} // namespace pare
