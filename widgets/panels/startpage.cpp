#include "widgets/panels/startpage.h"

#include "widgets/panels/choicebutton.h"
#include "widgets/theme/theme.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>

namespace pare {

StartPage::StartPage(QWidget *parent)
    : QWidget(parent)
    , m_recent(new QVBoxLayout)
    , m_recentTitle(new QLabel(tr("Recent projects")))
{
    auto *title = new QLabel(tr("What can each layer lose?"));
    title->setFont(heavierFont(largeFont(font())));
    auto *summary = new QLabel(tr("Open a language model, switch compression on layer by layer, "
                                  "and see at once what it costs in bytes, "
                                  "and measured on real text what it costs in accuracy."));
    summary->setProperty("kind", "secondary");
    summary->setWordWrap(true);
    auto *demo = new ChoiceButton(tr("Start the demo"),
                                  tr("A small trained BERT and real text: every recipe is measured "
                                     "here, on this machine."));
    demo->setObjectName(QStringLiteral("startDemo"));
    auto *model =
        new ChoiceButton(tr("Open a model…"), tr("A folder with config.json and model.safetensors. "
                                                 "A folder dropped here opens as well."));
    model->setObjectName(QStringLiteral("openModel"));
    auto *project = new ChoiceButton(tr("Open a project…"),
                                     tr("A .pare file: recipes, runs and the way there."));
    project->setObjectName(QStringLiteral("openProject"));
    m_recentTitle->setProperty("kind", "heading");

    auto *choices = new QHBoxLayout;
    choices->setSpacing(spacing::around);
    for (ChoiceButton *button : {demo, model, project})
        choices->addWidget(button, 1);
    auto *middle = new QVBoxLayout;
    middle->setSpacing(spacing::around);
    middle->addStretch(2);
    middle->addWidget(title);
    middle->addWidget(summary);
    middle->addSpacing(spacing::around);
    middle->addLayout(choices);
    middle->addSpacing(spacing::around);
    middle->addWidget(m_recentTitle);
    m_recent->setSpacing(0);
    middle->addLayout(m_recent);
    middle->addStretch(3);
    auto *content = new QWidget;
    content->setMaximumWidth(860);
    content->setLayout(middle);
    auto *line = new QHBoxLayout(this);
    line->addStretch(1);
    line->addWidget(content, 100);
    line->addStretch(1);

    connect(demo, &ChoiceButton::clicked, this, &StartPage::demoRequested);
    connect(model, &ChoiceButton::clicked, this, &StartPage::modelRequested);
    connect(project, &ChoiceButton::clicked, this, &StartPage::projectRequested);
    setRecent({});
}

void StartPage::setRecent(const QStringList &paths)
{
    while (QLayoutItem *item = m_recent->takeAt(0)) {
        item->widget()->deleteLater(); // one of them may be the sender
        delete item;
    }
    m_recentTitle->setVisible(!paths.isEmpty());
    for (const QString &path : paths) {
        const QFileInfo file(path);
        const QString when = file.exists()
                                 ? QLocale().toString(file.lastModified(), QLocale::ShortFormat)
                                 : tr("not there any more");
        auto *button = new ChoiceButton(
            file.completeBaseName(),
            QStringLiteral("%1 · %2").arg(QDir::toNativeSeparators(file.absolutePath()), when));
        button->setFlat(true);
        button->setEnabled(file.exists());
        connect(button, &ChoiceButton::clicked, this,
                [this, path] { Q_EMIT recentRequested(path); });
        m_recent->addWidget(button);
    }
}

void StartPage::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::of(palette()).background);
}

} // namespace pare
