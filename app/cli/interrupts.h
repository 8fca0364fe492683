// Ctrl-C for commands: a thread of its own waits for it, so that no handler ever runs on a thread
// that computes.
//
// oneDNN's products keep values below the stack pointer; a handler on the same stack would
// overwrite them.
#pragma once

#include <thread>

namespace pare {

class CancellableProgress;

/// Lives as long as the command, on the main thread, made before any other thread: all inherit the
/// blocked signals. One at a time.
class Interrupts
{
public:
    Interrupts();
    ~Interrupts();
    Interrupts(const Interrupts &) = delete;
    Interrupts &operator=(const Interrupts &) = delete;

private:
    std::jthread m_thread;
};

/// What the first interrupt cancels; null: it ends the program, as a second one always does.
void cancelOnInterrupt(CancellableProgress *progress);

} // namespace pare
