#include "core/training/distill/distillation.h"

#include "core/base/hash.h"
#include "core/model/architecture.h"
#include "core/tensors/torcherrors.h"
#include "core/training/distill/distiller.h"
#include "core/training/distill/distillpairs.h"
#include "core/training/distill/studentstart.h"
#include "core/training/recovery.h"

namespace pare {

namespace {

namespace fs = std::filesystem;

/// The specification used with another head.
NetworkSpecification headed(NetworkSpecification network, HeadKind head)
{
    network.head = head;
    return network;
}

} // namespace

/// Its weights go back to where all heads are, once another is wanted.
void Distiller::putAway()
{
    if (!m_student)
        return;
    for (auto &[name, layer] : m_student->weights().layers)
        m_body.layers[name] = layer;
    m_student.reset();
}

TrainableNetwork &Distiller::student(HeadKind head)
{
    if (m_student && m_student->specification().head == head)
        return *m_student;
    putAway();
    TrainableOptions options;
    options.seed = m_inputs.options.seed;
    options.form = m_inputs.form;
    options.originals = m_inputs.originals;
    ModelWeights weights;
    for (const Layer &layer : describe(headed(m_specification, head)).layers) {
        if (const auto found = m_body.layers.find(layer.name); found != m_body.layers.end())
            weights.layers.insert(*found);
    }
    m_student = std::make_unique<TrainableNetwork>(headed(m_specification, head), weights, options);
    return *m_student;
}

const TrainableNetwork &Distiller::teacher(HeadKind head)
{
    std::unique_ptr<TrainableNetwork> &network = m_teachers[head];
    if (network)
        return *network;
    const NetworkSpecification specification = headed(m_inputs.teacher.specification, head);
    ModelWeights weights = m_inputs.teacher.weights;
    weights.layers.insert(m_inputs.teacher.otherHeads.layers.begin(),
                          m_inputs.teacher.otherHeads.layers.end());
    network = std::make_unique<TrainableNetwork>(specification, weights, TrainableOptions{});
    network->freeze();
    return *network;
}

const TeacherStates &Distiller::states(const std::vector<Sequence> &texts, TeacherWants wants,
                                       const std::string &name)
{
    Hasher hasher;
    hasher.add(m_inputs.teaching).add(name).add(static_cast<std::int64_t>(wants));
    if (m_task.train.sequences.size() != m_inputs.task.train.sequences.size()) // altered texts too
        hasher.add(m_inputs.method.text()).add(static_cast<std::int64_t>(m_inputs.options.seed));
    const HeadKind head = m_inputs.teacher.specification.head == HeadKind::Classification
                              ? HeadKind::Classification
                              : HeadKind::None;
    m_states.push_back(std::make_unique<TeacherStates>(
        teacher(head), texts,
        TeacherStatesOptions{.wants = wants, .folder = m_inputs.cache, .identity = hasher.hex()}));
    m_states.back()->prepare(m_progress);
    return *m_states.back();
}

/// What is split goes through the last stage once more.
std::vector<Stage> Distiller::stagesWithSplit()
{
    std::vector<Stage> all = stages();
    if (m_inputs.split.empty())
        return all;
    Stage again = all.back();
    again.name += ", ternary weights split";
    again.options = splitOptions(again.options, m_inputs.split);
    again.splits = true;
    all.push_back(std::move(again));
    return all;
}

Distilled Distiller::run()
{
    m_specification = m_inputs.student.specification;
    const std::vector<int> blocks = startBlocks(m_method, depthsOf(m_inputs));
    m_body = startedFrom(m_inputs.student, m_inputs.teacher, blocks);
    for (const auto &[name, layer] : m_inputs.student.otherHeads.layers)
        m_body.layers.try_emplace(name, layer);
    if (teachesMaskedLm(m_inputs.teacher) && isOneOf("distilbert|mobilebert", m_method)) {
        const NetworkSpecification masked = headed(m_specification, HeadKind::MaskedLm);
        m_body = startedFrom({masked, m_body, {}}, m_inputs.teacher, blocks);
    }
    Distilled result;
    const std::vector<Stage> all = stagesWithSplit();
    for (std::size_t i = 0; i < all.size(); ++i) {
        TrainableNetwork &network = student(all[i].head);
        if (all[i].splits)
            network.splitTernary(m_inputs.split.layers);
        const std::unique_ptr<Lesson> lesson = all[i].lesson(network);
        const fs::path state =
            m_inputs.state.empty()
                ? fs::path()
                : m_inputs.state / ("stage-" + std::to_string(i + 1) + ".safetensors");
        Hasher fingerprint;
        fingerprint.add(m_inputs.identity).add(m_inputs.method.text()).add(all[i].name);
        fingerprint.add(identityOf(all[i].options)).add(m_inputs.layerMap);
        if (!m_inputs.split.empty())
            fingerprint.add(identityOf(m_inputs.split));
        result.stages.push_back({all[i].name, trainedTo(*lesson, all[i].options, state,
                                                        fingerprint.hex(), m_progress)});
        m_states.clear();
    }
    if (!m_inputs.split.empty()) {
        // What was ternary was not yet what is asked for.
        for (std::size_t i = 0; i + 1 < result.stages.size(); ++i) {
            for (TrainingEvaluation &evaluation : result.stages[i].report.evaluations)
                evaluation.whole = evaluation.best = false;
        }
    }
    putAway();
    result.specification =
        m_task.train.empty() ? m_specification : headed(m_specification, HeadKind::Classification);
    for (const Layer &layer : describe(result.specification).layers) {
        if (const auto found = m_body.layers.find(layer.name); found != m_body.layers.end()) {
            result.weights.layers.insert(*found);
            m_body.layers.erase(found);
        }
    }
    result.otherHeads = std::move(m_body);
    result.notes = std::move(m_notes);
    if (isOneOf("pkd|tinybert|mobilebert", m_method))
        result.layerMap = teacherMapOf(m_inputs).text();
    return result;
}

TrainingRecord Distilled::record() const
{
    TrainingRecord all;
    double epochs = 0;
    for (const DistillStage &stage : stages) {
        all = joined(std::move(all), stage.report, epochs);
        epochs += stage.report.options.epochs;
    }
    return all;
}

Distilled distilled(const DistillInputs &inputs, Progress &progress)
{
    return translatingTorchErrors([&] {
        checkDistillation(inputs);
        Distilled result = Distiller(inputs, progress).run();
        std::error_code ignored;
        fs::remove_all(inputs.state, ignored);
        return result;
    });
}

} // namespace pare
