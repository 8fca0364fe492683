// What if, in the window: budgets, the recipe as text, and the line that finds layers.
#include "app/document/document.h"
#include "app/window/dockarea.h"
#include "app/window/layerfilter.h"
#include "app/window/workspace.h"
#include "core/base/error.h"
#include "core/model/training.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/theme/words.h"

#include <QStringList>
#include <algorithm>
#include <cstdlib>

namespace pare {

namespace {

/// Steps as text, those that are off behind a #.
QString textOf(const std::vector<ChosenStep> &steps)
{
    QStringList lines;
    for (const ChosenStep &step : steps)
        lines << (step.enabled ? QString() : QStringLiteral("# ")) +
                     QString::fromStdString(step.step.text());
    return lines.join('\n');
}

struct ReadSteps
{
    std::vector<ChosenStep> steps;
    int line = 0;    ///< of the first problem
    QString problem; ///< empty: none
};

ReadSteps stepsIn(const QString &text)
{
    ReadSteps read;
    const QStringList lines = text.split('\n');
    for (int i = 0; i < lines.size(); ++i) {
        QString line = lines[i].trimmed();
        const bool off = line.startsWith('#');
        if (off)
            line = line.mid(1).trimmed();
        if (line.isEmpty())
            continue;
        try {
            read.steps.push_back({checked(parsedStep(line.toStdString())), !off});
        } catch (const Error &error) {
            if (off)
                continue; // a remark
            read.line = i + 1;
            read.problem = translated(error.message());
            return read;
        }
    }
    return read;
}

QString percent(double share, int digits)
{
    return numberText(100 * share, digits);
}

QString shortNumber(double value, int digits)
{
    return numberInLocale(QString::number(value, 'g', digits));
}

/// Of the front, the recipe whose file is nearest to the proposal's.
int nearestStrength(const BudgetProposal &proposal)
{
    const auto nearest =
        std::ranges::min_element(proposal.front, {}, [&](const BudgetProposal &other) {
            return std::abs(other.bytes - proposal.bytes);
        });
    return static_cast<int>(nearest - proposal.front.begin());
}

QString grown(std::int64_t bytes)
{
    return (bytes < 0 ? QStringLiteral("\u2212") : QStringLiteral("+")) +
           bytesText(std::abs(bytes));
}

} // namespace

void Workspace::connectWhatIf()
{
    connect(m_map, &LayerMapPanel::findRequested, this, &Workspace::findLayers);
    connect(m_map, &LayerMapPanel::findActionRequested, this, [this] {
        if (m_unknown == "lost" || m_unknown == "time")
            askLayers();
        else if (m_meter->data().canMeasure)
            m_document.measure();
        else
            actOnNotice();
    });
    connect(&m_document, &Document::figuresChanged, this, [this] {
        refreshMap(shown());
        // Unless something else was selected meanwhile.
        if (!m_soughtFigure.isEmpty() && m_map->map()->selection() == m_found)
            findLayers(QString(m_soughtFigure));
    });
    connect(m_recipeText, &RecipeText::textEdited, this, [this](const QString &text) {
        const ReadSteps read = stepsIn(text);
        m_recipeText->setProblem(read.line, read.problem);
    });
    connect(m_recipeText, &RecipeText::applyRequested, this,
            [this](const QString &text) { m_document.setSteps(stepsIn(text).steps); });
    connect(m_budget, &BudgetPanel::searchRequested, this,
            [this](const QString &target, bool lock) {
                std::vector<std::string> locked;
                if (lock) {
                    for (const QString &name : m_map->map()->selection())
                        locked.push_back(name.toStdString());
                }
                m_document.findBudget(target, locked);
            });
    connect(m_budget, &BudgetPanel::cancelRequested, this, [this] {
        if (const auto job = m_document.searchJob())
            m_document.cancelJob(*job);
    });
    connect(&m_document, &Document::jobChanged, this, &Workspace::tellSearch);
    connect(&m_document, &Document::budgetFound, this, [this](const BudgetProposal &proposal) {
        m_proposal = proposal;
        m_strength.reset();
        refreshBudget();
        m_area->showInFront(Panel::Budget);
    });
    const auto apply = [this] {
        const BudgetProposal *shown = shownProposal();
        if (!shown)
            return;
        m_document.setSteps(chosenSteps(shown->recipe));
    };
    connect(m_budget, &BudgetPanel::applyRequested, this, apply);
    connect(m_budget, &BudgetPanel::measureRequested, this, [this, apply] {
        apply();
        m_document.measure();
    });
    connect(m_budget, &BudgetPanel::strengthChosen, this, [this](int strength) {
        m_strength = static_cast<std::size_t>(strength);
        refreshBudget();
    });
    connect(m_budget, &BudgetPanel::layerChosen, this, [this](const QString &name) {
        m_map->map()->setSelection({name});
        refresh();
    });
    connect(&m_document, &Document::projectChanged, this, [this] { m_proposal.reset(); });
}

/// What would tell a number that is known of no layer yet.
void Workspace::tellUnknown(const QString &quantity)
{
    m_unknown = quantity;
    const LayerMapData &data = m_map->map()->data();
    const QString key = quantity == "value" ? QString::fromStdString(data.shown.key) : quantity;
    const LayerMeasure *measure = data.measure(key.toStdString());
    const QString title = measure ? measure->title : quantity;
    if (!m_document.model().weightsKnown)
        m_map->setUnknown(
            tr("Not known: %1. The model was opened without its weights.").arg(title));
    else if (figuresFor(key.toStdString()))
        m_map->setUnknown(tr("Not known yet: %1. The weights are being looked at …").arg(title));
    else if (key == "lost" || key == "time")
        m_map->setUnknown(tr("Not known yet: %1. Asking what single layers can lose tells it "
                             "(Run › Sensitivity of the layers, Ctrl+Shift+R).")
                              .arg(title),
                          tr("Ask the layers"));
    else if (key == "output" && shown().run)
        m_map->setUnknown(
            tr("Not known: %1. It is measured on calibration data, which this run did "
               "not have; choose some under the recipe and measure again.")
                .arg(title));
    else
        m_map->setUnknown(
            tr("Not known yet: %1. Measuring this recipe tells it (Run › Measure, Ctrl+R).")
                .arg(title),
            m_meter->data().canMeasure ? tr("Measure") : noticeOf(m_document, shown()).action);
}

void Workspace::findLayers(const QString &text)
{
    m_soughtFigure.clear();
    m_unknown.clear();
    try {
        const LayerMapData &data = m_map->map()->data();
        const QString measure = measureNamedIn(text, data);
        if (!measure.isEmpty() && knownOfNone(measure, data)) {
            tellUnknown(measure);
            m_found = m_map->map()->selection();
        } else {
            m_found = layersMatching(text, data, m_document.model());
            m_map->setFound(m_found);
        }
        if (figuresFor(measure.toStdString()))
            m_soughtFigure = text;
        wantMeasure(measure);
    } catch (const Error &error) {
        m_map->setFound({}, translated(error.message()));
    }
}

const BudgetProposal *Workspace::shownProposal() const
{
    if (!m_proposal || m_proposal->error)
        return nullptr;
    return m_strength && *m_strength < m_proposal->front.size() ? &m_proposal->front[*m_strength]
                                                                : &*m_proposal;
}

void Workspace::askLayers()
{
    m_document.sweepLayers();
    m_map->showMeasure(static_cast<int>(MapMeasure::LostAlone));
}

bool Workspace::canAskLayers() const
{
    return whyNotReady(m_document).isEmpty();
}

/// In the words of the strip.
void Workspace::tellSearch()
{
    const std::optional<std::uint64_t> job = m_document.searchJob();
    const bool first = job && m_document.jobEntries().front().number == *job;
    m_budget->setSearching(first ? stripData(m_document).text
                           : job ? tr("The search waits until what runs has ended.")
                                 : QString());
}

void Workspace::refreshBudget()
{
    BudgetPanelData data;
    data.selected = static_cast<int>(m_map->map()->selection().size());
    data.help = whyNotReady(m_document);
    data.canSearch = data.help.isEmpty();
    if (data.canSearch)
        data.help = tr("Asks the layers where they were not asked yet, then computes");
    const auto runs = comparableRuns(m_document);
    const bool known =
        m_document.modelState() == ModelState::Open && m_document.model().weightsKnown;
    m_budget->setOriginal(known ? static_cast<double>(m_document.model().bytes) / 1e6 : 0,
                          runs.empty() ? 0 : runs.front()->baseline.latencyMs.median);
    if (m_proposal && m_proposal->error)
        data.problem = translated(*m_proposal->error);
    else if (const BudgetProposal *shown = shownProposal()) {
        showProposal(data, *shown);
        data.strengths = static_cast<int>(m_proposal->front.size());
        data.strength = m_strength ? static_cast<int>(*m_strength) : nearestStrength(*m_proposal);
    }
    m_budget->setData(data);
    tellSearch();
}

void Workspace::showProposal(BudgetPanelData &data, const BudgetProposal &proposal)
{
    data.headline =
        tr("%1 · %2 right, predicted").arg(bytesText(proposal.bytes), shareText(proposal.accuracy));
    data.proof =
        proposal.gap <= 1e-12
            ? tr("Proved: of %1 options, no choice that fits moves the answers less (value %2, "
                 "bound %3).")
                  .arg(proposal.options)
                  .arg(shortNumber(proposal.value, 4), shortNumber(proposal.bound, 4))
            : tr("Of %1 options, no choice that fits moves the answers by more than %2 less (value "
                 "%3, bound %4).")
                  .arg(proposal.options)
                  .arg(shortNumber(proposal.gap, 2), shortNumber(proposal.value, 4),
                       shortNumber(proposal.bound, 4));
    for (const BudgetProposal::Reason &reason : proposal.reasons) {
        const bool nothingElse = !reason.nextBest;
        data.rows.push_back({QString::fromStdString(reason.layer), optionTitle(reason.chosen),
                             nothingElse ? tr("nothing else fits") : optionTitle(*reason.nextBest),
                             nothingElse ? QString() : grown(reason.bytes),
                             nothingElse ? QString() : tr("%1 %").arg(percent(reason.changed, 3))});
    }
}

void Workspace::refreshRecipeText()
{
    const Run *run = m_shownRun.isEmpty() ? nullptr : m_document.findRun(m_shownRun.toStdString());
    m_recipeText->setRecipe(textOf(run ? chosenSteps(run->recipe) : m_document.choices().steps));
    m_recipeText->setEditable(!run && !m_document.isReadOnly() && m_document.hasProject());
}

} // namespace pare
