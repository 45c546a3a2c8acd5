package dev.mitosis.process;

class PipeTest extends ConnectionContract {
    @Override
    Pipe open() {
        return Pipe.open();
    }
}
