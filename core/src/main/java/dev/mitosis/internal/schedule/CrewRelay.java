package dev.mitosis.internal.schedule;

import dev.mitosis.WorkerStartException;
import dev.mitosis.spi.CrewListener;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds back what a crew reports until the schedule, which needs the crew to be made, is there.
final class CrewRelay implements CrewListener {
    // guarded by this
    private final List<Consumer<CrewListener>> early = new ArrayList<>();
    private @Nullable CrewListener target;

    void follow(CrewListener listener) {
        synchronized (this) {
            target = listener;
        }
        early.forEach(event -> event.accept(listener));
    }

    @Override
    public void ready(int seat, long pid, int onboarded) {
        pass(listener -> listener.ready(seat, pid, onboarded));
    }

    @Override
    public void died(int seat, Death death) {
        pass(listener -> listener.died(seat, death));
    }

    @Override
    public void left(int seat) {
        pass(listener -> listener.left(seat));
    }

    @Override
    public void worn(int seat) {
        pass(listener -> listener.worn(seat));
    }

    @Override
    public void calls() {
        pass(CrewListener::calls);
    }

    @Override
    public void gaveUp(int seat, WorkerStartException why) {
        pass(listener -> listener.gaveUp(seat, why));
    }

    @Override
    public void hopeless(WorkerStartException why) {
        pass(listener -> listener.hopeless(why));
    }

    private void pass(Consumer<CrewListener> event) {
        CrewListener now;
        synchronized (this) {
            now = target;
            if (now == null) {
                early.add(event);
                return;
            }
        }
        event.accept(now);
    }
}
