// The models of the project: one of them is shown, the others are a tab away.
#include "app/document/document.h"
#include "app/window/workspace.h"
#include "widgets/panels/modeltabs.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace pare {

/// By name; with the folder where names are equal.
void Workspace::refreshModels()
{
    const std::vector<std::string> paths = m_document.models();
    std::vector<ModelTab> models;
    for (const std::string &path : paths) {
        QString title = modelTitle(path);
        if (std::ranges::count(paths, title, &modelTitle) > 1) {
            QDir folder = QFileInfo(QString::fromStdString(path)).dir();
            if (folder.dirName() == title) // of a file in the model's folder
                folder.setPath(folder.filePath(QStringLiteral("..")));
            title = QStringLiteral("%1 (%2)").arg(title,
                                                  QDir::cleanPath(folder.path()).section('/', -1));
        }
        models.push_back({QString::fromStdString(path), title});
    }
    m_models->setModels(models, QString::fromStdString(m_document.choices().modelPath));
    m_models->setEnabled(!m_document.isReadOnly());
}

} // namespace pare
