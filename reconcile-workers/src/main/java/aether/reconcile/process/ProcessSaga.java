package aether.reconcile.process;

/** What the sagas have in common for the one who makes and loads them. */
interface ProcessSaga {

    /** Gives the saga what it does not keep; called after it was made and each time it was loaded. */
    void equip(SagaEquipment equipment);
}
