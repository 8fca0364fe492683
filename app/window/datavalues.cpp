#include "app/window/datavalues.h"

#include "app/document/document.h"
#include "app/window/viewvalues.h"
#include "app/window/workspace.h"

#include <QCoreApplication>

namespace pare {

QString heldText(const DataDescription &told)
{
    const QString rows = countText(told.rows);
    const QString groups = countText(told.groups);
    if (told.question.content == DataContent::Text)
        return Workspace::tr("%1 lines, %2 documents").arg(rows, groups);
    if (told.groups == 0)
        return Workspace::tr("%1 examples with scores").arg(rows);
    if (told.modelLabels > 0)
        return Workspace::tr("%1 examples, %2 of %3 labels")
            .arg(rows, groups, countText(told.modelLabels));
    return Workspace::tr("%1 examples, %2 labels").arg(rows, groups);
}

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::MainWindow)
};

/// What is wrong begins with the line: the field shows the name of what is chosen. That of others is said.
QString inShort(const DataDescription &told, const QString &name)
{
    QString text = translated(*told.error);
    const QString source = QString::fromStdString(told.question.source) + QStringLiteral(": ");
    return text.startsWith(source) ? name + text.mid(source.size()) : text;
}

} // namespace

void tellData(DataFieldData &field, const DataState &state)
{
    if (!state.pending.empty())
        field.holds = Workspace::tr("Looking at %1 …").arg(dataTitle(state.pending));
    else if (state.refused && state.refused->error) {
        const QString name = dataTitle(state.refused->question.source) + QStringLiteral(": ");
        field.problem = Workspace::tr("Not taken: %1").arg(inShort(*state.refused, name));
        field.details = translated(*state.refused->error);
    } else if (state.chosen && state.chosen->error) {
        field.problem = inShort(*state.chosen, {});
        field.details = translated(*state.chosen->error);
    } else if (state.chosen)
        field.holds = heldText(*state.chosen);
}

Notice missingData()
{
    return {Words::tr("Sizes are counted already. To measure accuracy, choose labelled "
                      "examples: a TSV, CSV or JSON lines file."),
            Words::tr("Open a data file…"), Notice::Weight::Plain};
}

std::optional<Message> dataProblem(const Document &document)
{
    const DataState &state = document.dataState(DataUse::Measuring);
    const std::optional<DataDescription> &told =
        document.choices().dataPath.empty() ? state.refused : state.chosen;
    return told ? told->error : std::nullopt;
}

} // namespace pare
