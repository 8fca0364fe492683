// A project with the tiny model in it: how tests of the document and the window begin. Include before
// Qt's headers.
#pragma once

#include "tests/support/tinymodel.h"

#include "app/document/document.h"

#include <QSignalSpy>
#include <QTest>

namespace pare::test {

inline constexpr int patience = 60000; // milliseconds; far more than it takes

inline QString textOf(const std::filesystem::path &path)
{
    return QString::fromStdString(path.string());
}

/// All of them on.
inline std::vector<ChosenStep> chosen(std::initializer_list<const char *> texts)
{
    std::vector<ChosenStep> steps;
    for (const char *text : texts)
        steps.push_back({checked(parsedStep(text)), true});
    return steps;
}

/// Waits until they were looked at; false where they were refused.
inline bool chooseData(Document &document, DataUse use, const QString &source)
{
    document.setData(use, source);
    return QTest::qWaitFor([&] { return document.dataState(use).pending.empty(); }, patience) &&
           !document.dataState(use).refused;
}

/// Model and data in the project at that path; false where the model did not open.
inline bool openTiny(Document &document, const TinyModel &tiny, const QString &project)
{
    document.openProject(project);
    document.openModel(textOf(tiny.folder));
    const bool open =
        QTest::qWaitFor([&] { return document.modelState() == ModelState::Open; }, patience);
    const bool chosen = chooseData(document, DataUse::Measuring, textOf(tiny.data));
    document.setThreads(1);
    return open && chosen;
}

/// The recipe becomes that step alone, and is measured; false where no run came of it.
inline bool measureStep(Document &document, const char *step)
{
    document.setSteps({{parsedStep(step), true}});
    QSignalSpy finished(&document, &Document::runFinished);
    document.measure();
    return finished.count() > 0 || finished.wait(patience);
}

} // namespace pare::test
