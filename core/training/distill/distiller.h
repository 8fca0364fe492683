// Carries a distillation out: holds networks and data while its stages go by. distillation.cpp runs them,
// distillstages.cpp says of what stages each method is made; nobody else includes this.
#pragma once

#include "core/training/distill/distillation.h"
#include "core/training/distill/distilllessons.h"
#include "core/training/trainingset.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace pare {

/// One training of the student.
struct Stage
{
    std::string name;
    TrainingOptions options;
    HeadKind head = HeadKind::Classification; ///< of the student
    std::function<std::unique_ptr<Lesson>(TrainableNetwork &)> lesson;
    bool splits = false; ///< ternary layers, before it
};

/// Its inputs outlive it.
class Distiller
{
public:
    Distiller(const DistillInputs &inputs, Progress &progress)
        : m_inputs(inputs)
        , m_progress(progress)
        , m_task(inputs.task)
        , m_method(inputs.method.technique)
    {}

    Distilled run();

private:
    std::vector<Stage> stages();
    std::vector<Stage> stagesWithSplit();
    void addTask(std::vector<Stage> &stages);
    void addSoftAnswers(std::vector<Stage> &stages);
    void addDistilBert(std::vector<Stage> &stages);
    void addTinyBert(std::vector<Stage> &stages);
    void addMobileBert(std::vector<Stage> &stages);
    void addMiniLm(std::vector<Stage> &stages);
    void addTheseus(std::vector<Stage> &stages);
    Stage layerStage(const std::string &name, double epochs, const std::vector<Sequence> &texts,
                     LayerTeaching teaching);

    TrainingOptions taskOptions(double epochs = 0) const;
    TrainingOptions textOptions(double epochs) const;
    TrainableNetwork &student(HeadKind head);
    void putAway();
    const TrainableNetwork &teacher(HeadKind head);
    const TeacherStates &states(const std::vector<Sequence> &texts, TeacherWants wants,
                                const std::string &name);
    LayerTeaching tinyBertTeaching() const;
    void augment();
    const std::vector<Sequence> &text() const;

    const DistillInputs &m_inputs;
    Progress &m_progress;
    TrainingData m_task;
    std::string m_method;
    ModelWeights m_body; ///< of the student while no network holds it, all heads
    NetworkSpecification m_specification;
    std::unique_ptr<TrainableNetwork> m_student;
    std::map<HeadKind, std::unique_ptr<TrainableNetwork>> m_teachers;
    std::vector<std::unique_ptr<TeacherStates>> m_states;
    std::vector<Message> m_notes;
};

} // namespace pare
