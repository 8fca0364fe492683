// Being asked to end by the system: at a logout, by Ctrl-C where the program was started, by kill.
//
// One for the program, on the window's thread, as long as its event loop runs.
#pragma once

#include <QObject>

namespace pare {

class EndingSignals : public QObject
{
    Q_OBJECT

public:
    /// From now on SIGTERM, SIGHUP and SIGINT come as asked(). The second of them ends the process at
    /// once, as without this.
    explicit EndingSignals(QObject *parent = nullptr);
    ~EndingSignals() override;

Q_SIGNALS:
    void asked(int signal);

private:
    void take();
};

} // namespace pare
