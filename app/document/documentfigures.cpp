// Numbers of every layer's weights: stretch by stretch on the Look lane, so that whoever looks at
// one layer waits for no more than one stretch.
#include "core/checkpoint/checkpoint.h"

#include "app/document/layerfigures.h"
#include "app/document/layerlookjob.h"

#include <algorithm>
#include <utility>

namespace pare {

namespace {

constexpr std::size_t mostOfAStretch = 64; // layers

} // namespace

void Document::wantFigures(FigureDepth depth)
{
    if (m_figuresWanted && *m_figuresWanted >= depth)
        return;
    m_figuresWanted = depth;
    gatherFigures();
}

void Document::forgetFigures()
{
    stop(m_figureJobs);
    m_figures.clear();
    m_figuresLookedUp = false;
    m_figuresKept = true;
}

/// One stretch; its end begins the next. Moments of all layers come before the first rank.
void Document::gatherFigures()
{
    if (!m_figuresWanted || !hasWeights() || m_identity.model.empty())
        return;
    stop(m_figureJobs);
    if (!m_figuresLookedUp) {
        startLayerLook<FigureMap>(
            m_figureJobs,
            [model = m_checkpoint, hash = m_identity.model](Progress &) {
                return keptFigures(*model, hash);
            },
            [this](const FigureMap &kept) {
                m_figuresLookedUp = true;
                addFigures(m_figures, kept);
                Q_EMIT figuresChanged();
                gatherFigures();
            });
        return;
    }
    FigureDepth depth = FigureDepth::Moments;
    std::vector<std::string> next = missingFigures(*m_checkpoint, m_figures, depth);
    if (next.empty() && *m_figuresWanted == FigureDepth::Ranks) {
        depth = FigureDepth::Ranks;
        next = missingFigures(*m_checkpoint, m_figures, depth);
    }
    if (next.empty()) {
        keepFiguresAtRest();
        return;
    }
    next.resize(std::min(next.size(), mostOfAStretch));
    startLayerLook<FigureMap>(
        m_figureJobs,
        [model = m_checkpoint, depth, layers = std::move(next)](Progress &progress) {
            return figuresOf(*model, layers, depth, progress);
        },
        [this](const FigureMap &found) {
            addFigures(m_figures, found);
            m_figuresKept = false;
            Q_EMIT figuresChanged();
            gatherFigures();
        });
}

void Document::keepFiguresAtRest()
{
    if (std::exchange(m_figuresKept, true))
        return;
    startLook([model = m_checkpoint, hash = m_identity.model,
               figures = m_figures](Progress &) { keepFigures(*model, hash, figures); },
              [](const JobOutcome &) {});
}

} // namespace pare
